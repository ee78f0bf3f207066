import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminOrder, DetailWidgetProps } from "@medusajs/framework/types"
import { Container, Copy, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { ShopeeOrderAnswer } from "../../modules/connectors/shopee/types/desk"
import { EscrowBreakdown } from "../components/escrow-breakdown"
import { ExceptionNote } from "../components/exception-note"
import { Fact } from "../components/fact"
import { LoadFailure } from "../components/load-failure"
import { useProgressText } from "../components/order-progress"
import { ParcelList } from "../components/parcel-list"
import { ShopeeStatusBadge } from "../components/shopee-status-badge"
import { NAMESPACE } from "../lib/namespace"
import { useShopeeOrder } from "../lib/shopee-order"
import { useShopeeStatus } from "../lib/shopee-status"

const KnownOrder = ({ answer }: { answer: ShopeeOrderAnswer }) => {
  const { t } = useTranslation(NAMESPACE)
  const { order, parcels, escrow } = answer
  const status = useShopeeStatus(order.shopee_status)
  const progress = useProgressText(order)
  const open = answer.exceptions.filter((exception) => exception.status === "open")
  return (
    <>
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {status.meaning}
      </Text>
      {open.length > 0 && (
        <section className="flex flex-col gap-y-2 px-6 py-4" aria-label={t("orderWidget.needsAttention")}>
          {open.map((exception) => (
            <ExceptionNote key={exception.id} exception={exception} />
          ))}
        </section>
      )}
      <div className="py-1">
        <Fact label={t("orderWidget.orderNumber")}>
          <span className="font-mono">{order.ordersn}</span>
          <Copy content={order.ordersn} className="text-ui-fg-muted" />
        </Fact>
        <Fact label={t("orderWidget.progress")}>{progress}</Fact>
      </div>
      {parcels.length > 0 && (
        <section className="px-6 py-4" aria-label={t("orderWidget.parcels")}>
          <ParcelList parcels={parcels} />
        </section>
      )}
      {escrow !== null && (
        <section className="px-6 py-4" aria-label={t("escrow.title")}>
          <EscrowBreakdown escrow={escrow} />
        </section>
      )}
      <Link
        to={`/connectors/orders/${order.ordersn}`}
        className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover txt-compact-small-plus block px-6 py-4"
      >
        {t("orderWidget.details")}
      </Link>
    </>
  )
}

const Loading = () => (
  <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true">
    <Skeleton className="h-4 w-full" />
    <Skeleton className="h-4 w-3/4" />
    <Skeleton className="h-4 w-1/2" />
  </div>
)

/** What the connector knows of the order, on the order's own page. Orders that are not Shopee's show nothing. */
const ShopeeOrderWidget = ({ data: order }: DetailWidgetProps<AdminOrder>) => {
  const { t } = useTranslation(NAMESPACE)
  const number: unknown = order.metadata?.shopee_ordersn
  const ordersn = typeof number === "string" && number !== "" ? number : null
  const { data: answer, isPending, isError, refetch } = useShopeeOrder(ordersn)
  if (ordersn === null) {
    return null
  }
  return (
    <Container className="divide-y p-0" data-testid="shopee-order-widget">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{t("orderWidget.title")}</Heading>
        {answer && <ShopeeStatusBadge status={answer.order.shopee_status} />}
      </div>
      {answer ? (
        <KnownOrder answer={answer} />
      ) : isPending ? (
        <Loading />
      ) : isError ? (
        <LoadFailure text={t("orderWidget.failed")} again={t("orderWidget.tryAgain")} onRetry={() => void refetch()} />
      ) : (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("orderWidget.unknown")}
        </Text>
      )}
    </Container>
  )
}

export const config = defineWidgetConfig({
  id: "shopee-order",
  zone: "order.details.side.after",
})

export default ShopeeOrderWidget
