import { CodeBlock, Drawer, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { RawEventAnswer } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"
import { useRawEvent } from "../lib/shopee-order"
import { Fact } from "./fact"
import { LoadFailure } from "./load-failure"

type RawEvent = RawEventAnswer["raw_event"]

/** Whether a push was really Shopee's; what the connector found itself needs no proof. */
const proofOf = ({ signature_ok: ok }: RawEvent): "verified" | "rejected" | "ours" =>
  ok === null ? "ours" : ok ? "verified" : "rejected"

const Facts = ({ event }: { event: RawEvent }) => {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  return (
    <section className="py-1" aria-label={t("orders.eventFacts")}>
      <Fact label={t("orders.eventSource")}>{t(`orders.source_${event.source}`)}</Fact>
      <Fact label={t("orders.eventCode")}>{event.event_type}</Fact>
      <Fact label={t("orders.eventProof")}>{t(`orders.proof_${proofOf(event)}`)}</Fact>
      <Fact label={t("orders.eventStored")}>{time(event.created_at)}</Fact>
      <Fact label={t("orders.eventHandled")}>
        {event.processed_at === null ? t("orders.notHandled") : time(event.processed_at)}
      </Fact>
      <Fact label={t("orders.eventId")}>
        <span className="break-all font-mono">{event.id}</span>
      </Fact>
    </section>
  )
}

const Content = ({ id }: { id: string }) => {
  const { t } = useTranslation(NAMESPACE)
  const { data, isError, refetch } = useRawEvent(id)
  return (
    <Drawer.Body className="divide-y overflow-y-auto p-0">
      {data ? (
        <>
          <Facts event={data.raw_event} />
          <div className="px-6 py-4">
            <CodeBlock
              snippets={[
                {
                  label: t("orders.payload"),
                  language: "json",
                  code: JSON.stringify(data.raw_event.payload, null, 2),
                  hideLineNumbers: true,
                },
              ]}
            >
              <CodeBlock.Body />
            </CodeBlock>
          </div>
        </>
      ) : isError ? (
        <LoadFailure text={t("orders.eventFailed")} again={t("orders.tryAgain")} onRetry={() => void refetch()} />
      ) : (
        <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("orders.eventLoading")}>
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-3/4" />
          <Skeleton className="h-40 w-full" />
        </div>
      )}
    </Drawer.Body>
  )
}

/** A stored event as it came. Open as long as there is an id. */
export const RawEventDrawer = ({ id, onClose }: { id: string | null; onClose: () => void }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <Drawer open={id !== null} onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content aria-describedby={undefined}>
        <Drawer.Header>
          <Drawer.Title>{t("orders.payload")}</Drawer.Title>
        </Drawer.Header>
        {id !== null && <Content key={id} id={id} />}
      </Drawer.Content>
    </Drawer>
  )
}
