import { useTranslation } from "react-i18next"
import type { ShopeeOrderAnswer } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"
import { Fact } from "./fact"

/** What is known of an order in a few values. */
export const OrderFacts = ({ answer: { order, total } }: { answer: ShopeeOrderAnswer }) => {
  const { t } = useTranslation(NAMESPACE)
  const { money, time } = useFormats()
  return (
    <div className="py-1">
      <Fact label={t("orders.total")}>{total === null ? "–" : money(total.amount, total.currency)}</Fact>
      <Fact label={t("orders.inMedusa")}>
        {order.medusa_order_id === null ? t("orders.notYet") : <span className="font-mono">SHP-{order.ordersn}</span>}
      </Fact>
      <Fact label={t("orders.shop")}>{order.shop_id}</Fact>
      <Fact label={t("orders.arrived")}>{time(order.created_at)}</Fact>
      {order.shopee_update_time !== null && <Fact label={t("orders.updated")}>{time(order.shopee_update_time)}</Fact>}
      {order.waiting_skus.length > 0 && (
        <Fact label={t("orders.waitsFor")}>
          <span className="break-all font-mono">{order.waiting_skus.join(", ")}</span>
        </Fact>
      )}
    </div>
  )
}
