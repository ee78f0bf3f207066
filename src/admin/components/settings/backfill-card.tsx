import { Button, clx, DatePicker, Hint, Label, Skeleton, Text, toast } from "@medusajs/ui"
import { useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { BackfillView } from "../../../modules/connectors/shopee/types/desk"
import { backfillPhase, backfillShare, rangeOfDays } from "../../lib/backfill-progress"
import { useBackfill, useBackfills, useStartBackfill } from "../../lib/backfills"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { useOutcomeToasts } from "../../lib/outcome-toasts"
import { LoadFailure } from "../load-failure"
import { Section } from "../section"
import { ShopSelect } from "./shop-select"

const WEEK_MS = 7 * 24 * 60 * 60_000
const SHOWN = 5

interface DayFieldProps {
  label: string
  value: Date
  onChange: (day: Date) => void
}

const DayField = ({ label, value, onChange }: DayFieldProps) => {
  const labelId = useId()
  return (
    <div className="flex w-44 flex-col gap-y-1">
      <Label id={labelId} size="small" weight="plus">
        {label}
      </Label>
      <DatePicker
        size="small"
        aria-labelledby={labelId}
        value={value}
        maxValue={new Date()}
        onChange={(day) => day && onChange(day)}
      />
    </div>
  )
}

const Start = ({ shops }: { shops: string[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const { mutate, isPending } = useStartBackfill()
  const [first, setFirst] = useState(() => new Date(Date.now() - WEEK_MS))
  const [last, setLast] = useState(() => new Date())
  const [shopId, setShopId] = useState(shops[0] ?? "")
  const range = rangeOfDays(first, last)
  const start = () =>
    range &&
    mutate(
      { ...range, shop_id: shopId },
      { onSuccess: () => toast.success(t("settings.backfillStarted")), onError: toasts.refused }
    )
  return (
    <form
      className="flex flex-col gap-y-2 px-6 py-4"
      aria-label={t("settings.backfill")}
      onSubmit={(event) => {
        event.preventDefault()
        start()
      }}
    >
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <DayField label={t("settings.firstDay")} value={first} onChange={setFirst} />
        <DayField label={t("settings.lastDay")} value={last} onChange={setLast} />
        <ShopSelect size="small" shops={shops} value={shopId} onChange={setShopId} />
        <Button type="submit" size="small" isLoading={isPending} disabled={range === null || shopId === ""}>
          {t("settings.startBackfill")}
        </Button>
      </div>
      {range === null && <Hint variant="error">{t("settings.rangeInvalid")}</Hint>}
      {shops.length === 0 && <Hint>{t("settings.noShop")}</Hint>}
    </form>
  )
}

const Backfill = ({ backfill: listed }: { backfill: BackfillView }) => {
  const { t } = useTranslation(NAMESPACE)
  const { age, day } = useFormats()
  const backfill = useBackfill(listed.id).data?.backfill ?? listed
  const phase = backfillPhase(backfill)
  const percent = Math.floor(100 * backfillShare(backfill))
  // The range ends before its last instant.
  const lastDay = day(new Date(new Date(backfill.to_at).getTime() - 1).toISOString())
  return (
    <li className="flex flex-col gap-y-2">
      <div className="flex items-baseline justify-between gap-x-4">
        <Text size="small" leading="compact" weight="plus">
          {t("settings.days", { from: day(backfill.from_at), to: lastDay })}
          {backfill.reason === "reauthorization" && ` · ${t("settings.afterReconnecting")}`}
        </Text>
        <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
          {age(backfill.created_at)}
        </Text>
      </div>
      <div
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t("settings.days", { from: day(backfill.from_at), to: lastDay })}
        className="bg-ui-border-base h-1.5 overflow-hidden rounded-full"
      >
        <div
          className={clx(
            "h-full rounded-full transition-all duration-500",
            phase === "finished" ? "bg-ui-tag-green-icon" : "bg-ui-tag-blue-icon"
          )}
          style={{ width: `${percent}%` }}
        />
      </div>
      <Text size="small" className="text-ui-fg-subtle">
        {t(`settings.backfill_${phase}`, {
          done: backfill.windows_done,
          total: backfill.windows_total,
          seen: backfill.orders_seen,
          count: backfill.injected_count,
          through: backfill.done_count,
        })}
      </Text>
      {backfill.last_error !== null && phase !== "finished" && (
        <Text size="small" className="text-ui-fg-error break-words">
          {backfill.last_error}
        </Text>
      )}
    </li>
  )
}

const Backfills = () => {
  const { t } = useTranslation(NAMESPACE)
  const { data, isError, refetch } = useBackfills()
  if (data) {
    return data.backfills.length === 0 ? (
      <Text size="small" className="text-ui-fg-muted px-6 py-4">
        {t("settings.noBackfill")}
      </Text>
    ) : (
      <ul className="flex flex-col gap-y-5 px-6 py-4" aria-label={t("settings.backfills")}>
        {data.backfills.slice(0, SHOWN).map((backfill) => (
          <Backfill key={backfill.id} backfill={backfill} />
        ))}
      </ul>
    )
  }
  if (isError) {
    return (
      <LoadFailure text={t("settings.backfillsFailed")} again={t("settings.tryAgain")} onRetry={() => void refetch()} />
    )
  }
  return (
    <div className="px-6 py-4" aria-busy="true" aria-label={t("settings.loading")}>
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}

/** Takes the orders of a range of days in again, and shows how far that is. @param shops those that can be called */
export const BackfillCard = ({ shops }: { shops: string[] }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <Section title={t("settings.backfill")} text={t("settings.backfillText")}>
      <Start shops={shops} />
      <Backfills />
    </Section>
  )
}
