import { Button, Drawer, Skeleton, Text, Textarea, toast } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import { useException, useRetryException, useSettleException } from "../lib/exceptions"
import { NAMESPACE } from "../lib/namespace"
import { useOutcomeToasts } from "../lib/outcome-toasts"
import { ExceptionFacts } from "./exception-facts"
import { ExceptionStatusBadge } from "./exception-status-badge"
import { ListingMapping } from "./listing-mapping"
import { LoadFailure } from "./load-failure"

const Told = ({ label, text }: { label: string; text: string }) => (
  <div className="flex flex-col gap-y-1">
    <Text size="small" leading="compact" weight="plus">
      {label}
    </Text>
    <Text size="small" className="text-ui-fg-subtle break-words">
      {text}
    </Text>
  </div>
)

const Decision = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const [note, setNote] = useState("")
  const retry = useRetryException(exception.id)
  const settle = useSettleException(exception.id)
  const busy = retry.isPending || settle.isPending
  const settleAs = (status: "resolved" | "wont_fix") =>
    settle.mutate(
      { status, note },
      { onSuccess: () => toast.success(t("exceptions.settled")), onError: toasts.refused }
    )
  return (
    <Drawer.Footer className="flex-col items-stretch gap-y-3">
      <Textarea
        rows={2}
        maxLength={2000}
        value={note}
        aria-label={t("exceptions.note")}
        placeholder={t("exceptions.notePlaceholder")}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="flex items-center justify-end gap-x-2">
        <Button size="small" variant="secondary" disabled={busy} onClick={() => settleAs("wont_fix")}>
          {t("exceptions.wontFix")}
        </Button>
        <Button
          size="small"
          variant={exception.retriable ? "secondary" : "primary"}
          disabled={busy}
          onClick={() => settleAs("resolved")}
        >
          {t("exceptions.resolve")}
        </Button>
        {exception.retriable && (
          <Button
            size="small"
            isLoading={retry.isPending}
            disabled={busy}
            onClick={() =>
              retry.mutate(undefined, {
                onSuccess: (answer) => toasts.retried([answer]),
                onError: toasts.refused,
              })
            }
          >
            {t("exceptions.retry")}
          </Button>
        )}
      </div>
    </Drawer.Footer>
  )
}

const Known = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <>
      <Drawer.Body className="divide-y overflow-y-auto p-0">
        <div className="flex flex-col gap-y-4 px-6 py-4">
          <Told label={t("exceptions.what")} text={exception.message} />
          <Told label={t("exceptions.meaning")} text={exception.meaning} />
          {exception.status === "open" && <Told label={t("exceptions.action")} text={exception.action} />}
        </div>
        <ListingMapping exception={exception} />
        <ExceptionFacts exception={exception} />
      </Drawer.Body>
      {exception.status === "open" && <Decision exception={exception} />}
    </>
  )
}

const Content = ({ id }: { id: string }) => {
  const { t } = useTranslation(NAMESPACE)
  const { data: exception, isPending, isError, refetch } = useException(id)
  const title = exception
    ? t(`errorClass.${exception.error_class}`, { defaultValue: exception.error_class })
    : t("exceptions.title")
  return (
    <>
      <Drawer.Header>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Drawer.Title>{title}</Drawer.Title>
          {exception && <ExceptionStatusBadge exception={exception} />}
        </div>
      </Drawer.Header>
      {exception ? (
        <Known exception={exception} />
      ) : (
        <Drawer.Body className="p-0">
          {isPending ? (
            <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("exceptions.loading")}>
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-3/4" />
              <Skeleton className="h-4 w-1/2" />
            </div>
          ) : isError ? (
            <LoadFailure
              text={t("exceptions.failed")}
              again={t("exceptions.tryAgain")}
              onRetry={() => void refetch()}
            />
          ) : (
            <Text size="small" className="text-ui-fg-subtle px-6 py-4">
              {t("exceptions.unnoticed")}
            </Text>
          )}
        </Drawer.Body>
      )}
    </>
  )
}

/** One exception for the person who has to act on it. Open as long as there is an id. */
export const ExceptionDrawer = ({ id, onClose }: { id: string | null; onClose: () => void }) => (
  <Drawer open={id !== null} onOpenChange={(open) => !open && onClose()}>
    <Drawer.Content aria-describedby={undefined}>{id !== null && <Content key={id} id={id} />}</Drawer.Content>
  </Drawer>
)
