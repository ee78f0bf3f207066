import { Button, Container, Copy, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link, type UIMatch, useParams, useSearchParams } from "react-router-dom"
import type { ShopeeOrderAnswer } from "../../../../../modules/connectors/shopee/types/desk"
import { EscrowBreakdown } from "../../../../components/escrow-breakdown"
import { ExceptionNote } from "../../../../components/exception-note"
import { LoadFailure } from "../../../../components/load-failure"
import { OrderFacts } from "../../../../components/order-facts"
import { OrderProgressBadge, useProgressText } from "../../../../components/order-progress"
import { OrderTimeline } from "../../../../components/order-timeline"
import { ParcelList } from "../../../../components/parcel-list"
import { RawEventDrawer } from "../../../../components/raw-event-drawer"
import { Section } from "../../../../components/section"
import { ShopeeStatusBadge } from "../../../../components/shopee-status-badge"
import { SyncOrder } from "../../../../components/sync-order"
import { NAMESPACE } from "../../../../lib/namespace"
import { useShopeeOrder } from "../../../../lib/shopee-order"
import { useShopeeStatus } from "../../../../lib/shopee-status"

const Head = ({ ordersn, answer }: { ordersn: string; answer: ShopeeOrderAnswer | null }) => {
  const { t } = useTranslation(NAMESPACE)
  const orderId = answer?.order.medusa_order_id ?? null
  return (
    <div className="flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-2">
        <Heading className="break-all font-mono">{ordersn}</Heading>
        <Copy content={ordersn} className="text-ui-fg-muted" />
        {answer !== null && (
          <>
            <ShopeeStatusBadge status={answer.order.shopee_status} />
            <OrderProgressBadge order={answer.order} />
          </>
        )}
      </div>
      <div className="flex shrink-0 items-center gap-x-2">
        {orderId !== null && (
          <Button size="small" variant="secondary" asChild>
            <Link to={`/orders/${orderId}`}>{t("orders.openInMedusa")}</Link>
          </Button>
        )}
        <SyncOrder ordersn={ordersn} answer={answer} />
      </div>
    </div>
  )
}

const Standing = ({ order }: { order: ShopeeOrderAnswer["order"] }) => {
  const { t } = useTranslation(NAMESPACE)
  const { meaning } = useShopeeStatus(order.shopee_status)
  const progress = useProgressText(order)
  return (
    <Text size="small" className="text-ui-fg-subtle px-6 py-4">
      {t("orders.standing", { meaning, progress })}
    </Text>
  )
}

const OpenExceptions = ({ exceptions }: Pick<ShopeeOrderAnswer, "exceptions">) => {
  const { t } = useTranslation(NAMESPACE)
  const open = exceptions.filter(({ status }) => status === "open")
  if (open.length === 0) {
    return null
  }
  return (
    <section className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("orders.attention")}>
      {open.map((exception) => (
        <div key={exception.id} className="flex flex-col gap-y-2">
          <ExceptionNote exception={exception} />
          <Button size="small" variant="secondary" className="self-start" asChild>
            <Link to={`/connectors/exceptions?id=${exception.id}`}>{t("orders.settleException")}</Link>
          </Button>
        </div>
      ))}
    </section>
  )
}

const Loading = () => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("orders.loading")}>
      <Skeleton className="h-4 w-1/2" />
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-40 w-full" />
    </div>
  )
}

const Known = ({ answer, onShowEvent }: { answer: ShopeeOrderAnswer; onShowEvent: (id: string) => void }) => {
  const { t } = useTranslation(NAMESPACE)
  const { parcels, escrow, timeline, older_events: olderEvents } = answer
  return (
    <div className="flex flex-col gap-3 xl:flex-row xl:items-start">
      <div className="min-w-0 grow">
        <Section title={t("orders.timeline")}>
          <OrderTimeline entries={timeline} olderEvents={olderEvents} onShowEvent={onShowEvent} />
        </Section>
      </div>
      <div className="flex w-full shrink-0 flex-col gap-y-3 xl:w-[400px]">
        <Section title={t("orders.facts")}>
          <OrderFacts answer={answer} />
        </Section>
        {parcels.length > 0 && (
          <Section title={t("orderWidget.parcels")}>
            <div className="px-6 py-4">
              <ParcelList parcels={parcels} />
            </div>
          </Section>
        )}
        {escrow !== null && (
          <Container className="px-6 py-4">
            <EscrowBreakdown escrow={escrow} />
          </Container>
        )}
      </div>
    </div>
  )
}

/** One Shopee order: where it stands, what happened to it, and what Shopee said word by word. */
const OrderPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const { ordersn = "" } = useParams()
  const [address, setAddress] = useSearchParams()
  const { data, isPending, isError, refetch } = useShopeeOrder(ordersn)
  const showEvent = (id: string | null) => setAddress(id === null ? {} : { event: id })
  const answer = data ?? null
  return (
    <div className="flex flex-col gap-y-3" data-testid="connector-order">
      <Container className="divide-y p-0">
        <Head ordersn={ordersn} answer={answer} />
        {answer ? (
          <>
            <Standing order={answer.order} />
            <OpenExceptions exceptions={answer.exceptions} />
          </>
        ) : isPending ? (
          <Loading />
        ) : isError ? (
          <LoadFailure text={t("orders.orderFailed")} again={t("orders.tryAgain")} onRetry={() => void refetch()} />
        ) : (
          <Text size="small" className="text-ui-fg-subtle px-6 py-4">
            {t("orders.unheardOf")}
          </Text>
        )}
      </Container>
      {answer && <Known answer={answer} onShowEvent={showEvent} />}
      <RawEventDrawer id={address.get("event")} onClose={() => showEvent(null)} />
    </div>
  )
}

export const handle = {
  breadcrumb: ({ params }: UIMatch) => params.ordersn,
}

export default OrderPage
