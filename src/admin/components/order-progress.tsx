import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { OrderProgress, ShopeeOrderSummary } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"

const COLORS: Readonly<Record<OrderProgress, "blue" | "orange" | "red" | "green">> = {
  waiting: "blue",
  retrying: "orange",
  held: "red",
  done: "green",
}

/** Where the connector stands with an order, as a sentence. */
export function useProgressText(order: ShopeeOrderSummary): string {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  return t(`progress.${order.progress}`, {
    count: order.attempts,
    at: order.next_attempt_at === null ? "" : time(order.next_attempt_at),
  })
}

/** Where the connector stands with an order, in a word or two; the sentence is its tooltip. */
export const OrderProgressBadge = ({ order }: { order: ShopeeOrderSummary }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <StatusBadge color={COLORS[order.progress]} title={useProgressText(order)}>
      {t(`orders.progress_${order.progress}`)}
    </StatusBadge>
  )
}
