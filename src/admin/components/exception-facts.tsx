import { Copy } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"
import { readable } from "../lib/readable"
import { Fact } from "./fact"

/** Facts with a place of their own on the screen. */
const SHOWN_ELSEWHERE: readonly string[] = ["action"]

const factText = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).filter(Boolean).join(", ") : String(value)

const FactValue = ({ name, value }: { name: string; value: unknown }): ReactNode =>
  name === "medusa_order_id" && typeof value === "string" ? (
    <Link to={`/orders/${value}`} className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover break-all">
      {value}
    </Link>
  ) : (
    <span className="break-all">{factText(value)}</span>
  )

/** When and how often it happened, who settled it, and what the connector noted. */
export const ExceptionFacts = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  const details = Object.entries(exception.details).filter(
    ([name, value]) => !SHOWN_ELSEWHERE.includes(name) && value !== null && factText(value) !== ""
  )
  return (
    <section aria-label={t("exceptions.facts")} className="py-1">
      {exception.ordersn !== null && (
        <Fact label={t("exceptions.order")}>
          <Link
            to={`/connectors/orders/${exception.ordersn}`}
            className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover break-all font-mono"
          >
            {exception.ordersn}
          </Link>
          <Copy content={exception.ordersn} className="text-ui-fg-muted" />
        </Fact>
      )}
      {exception.shop_id !== null && <Fact label={t("exceptions.shop")}>{exception.shop_id}</Fact>}
      <Fact label={t("exceptions.occurrences")}>{t("exceptions.times", { count: exception.occurrences })}</Fact>
      <Fact label={t("exceptions.firstSeen")}>{time(exception.created_at)}</Fact>
      {exception.last_seen_at !== null && exception.occurrences > 1 && (
        <Fact label={t("exceptions.lastSeen")}>{time(exception.last_seen_at)}</Fact>
      )}
      {details.map(([name, value]) => (
        <Fact key={name} label={t(`exceptions.fact.${name}`, { defaultValue: readable(name) })}>
          <FactValue name={name} value={value} />
        </Fact>
      ))}
      {exception.resolved_at !== null && <Fact label={t("exceptions.settledAt")}>{time(exception.resolved_at)}</Fact>}
      {exception.resolved_by !== null && (
        <Fact label={t("exceptions.settledBy")}>
          {exception.resolved_by === "system" ? t("exceptions.bySystem") : exception.resolved_by}
        </Fact>
      )}
      {exception.operator_note !== null && <Fact label={t("exceptions.note")}>{exception.operator_note}</Fact>}
    </section>
  )
}
