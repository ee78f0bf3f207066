import { useTranslation } from "react-i18next"
import type { ShopeeStatusAnswer } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { NAMESPACE } from "../../lib/namespace"
import { useShopeeStatus } from "../../lib/shopee-status"
import { CardFact, HealthCard } from "./health-card"

/** The rest is summed up: the card is as high as the ones beside it. */
const MOST_ROWS = 4

const StatusCount = ({ status, number }: { status: string; number: number }) => {
  const { count } = useFigures()
  return <CardFact label={useShopeeStatus(status).label}>{count(number)}</CardFact>
}

/** How many orders there are, by what Shopee says of them. */
export const OrdersCard = ({ orders }: Pick<ShopeeStatusAnswer, "orders">) => {
  const { t } = useTranslation(NAMESPACE)
  const { count } = useFigures()
  const states = Object.entries(orders.by_shopee_status).sort(([, a], [, b]) => b - a)
  const shown = states.length > MOST_ROWS ? states.slice(0, MOST_ROWS - 1) : states
  const others = states.slice(shown.length).reduce((sum, [, number]) => sum + number, 0)
  return (
    <HealthCard
      title={t("overview.orders.title")}
      statement={t("overview.orders.total", { count: orders.total, number: count(orders.total) })}
      level={orders.total === 0 ? "quiet" : orders.by_sync_status.failed > 0 ? "warning" : "good"}
    >
      {shown.map(([status, number]) => (
        <StatusCount key={status} status={status} number={number} />
      ))}
      {others > 0 && <CardFact label={t("overview.orders.others")}>{count(others)}</CardFact>}
      {states.length === 0 && <CardFact label={t("overview.orders.none")}>–</CardFact>}
    </HealthCard>
  )
}
