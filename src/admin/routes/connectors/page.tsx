import { defineRouteConfig } from "@medusajs/admin-sdk"
import { SquaresPlus } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import { useEffect } from "react"
import { useTranslation } from "react-i18next"
import { useLocation } from "react-router-dom"
import { Breadcrumb } from "../../components/breadcrumb"
import { LoadFailure } from "../../components/load-failure"
import { ActivityCharts } from "../../components/overview/activity-charts"
import { AttentionList } from "../../components/overview/attention-list"
import { ConnectionCard } from "../../components/overview/connection-card"
import { LoadingCard } from "../../components/overview/health-card"
import { InboxCard } from "../../components/overview/inbox-card"
import { JobsCard } from "../../components/overview/jobs-card"
import { JobsTable } from "../../components/overview/jobs-table"
import { OrdersCard } from "../../components/overview/orders-card"
import { ProofCard } from "../../components/overview/proof-card"
import { PushCard } from "../../components/overview/push-card"
import { useConnectorStatus } from "../../lib/connector-status"
import { findAttention } from "../../lib/find-attention"
import { NAMESPACE } from "../../lib/namespace"
import { useLatePayouts } from "../../lib/payouts"

const CARDS = 6

/** A link to a part of the page leads there also when the page is open already. */
function useScrollToHash(isShown: boolean): void {
  const { hash, key } = useLocation()
  useEffect(() => {
    const target = hash === "" || !isShown ? null : document.getElementById(hash.slice(1))
    target?.scrollIntoView({ behavior: "smooth" })
    target?.focus({ preventScroll: true })
  }, [hash, key, isShown])
}

/** How the connector is, in plain words, and what needs a person. It keeps itself up to date. */
const OverviewPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const { data: status, isError, isPending, refetch, dataUpdatedAt } = useConnectorStatus()
  const { data: latePayouts } = useLatePayouts()
  useScrollToHash(status !== undefined)

  if (isError && !status) {
    return (
      <Container className="divide-y p-0" data-testid="connector-overview">
        <Heading className="px-6 py-4">{t("overview.title")}</Heading>
        <LoadFailure text={t("overview.failed")} again={t("overview.tryAgain")} onRetry={() => void refetch()} />
      </Container>
    )
  }
  return (
    <div className="flex flex-col gap-y-3" data-testid="connector-overview">
      <AttentionList
        attention={status && findAttention(status, latePayouts ?? 0, new Date(status.at))}
        readAt={dataUpdatedAt}
        stale={isError}
      />
      <div className="grid grid-cols-1 gap-3 md:grid-cols-2 lg:grid-cols-3">
        {status ? (
          <>
            <ConnectionCard shops={status.shops} />
            <PushCard push={status.push} />
            <InboxCard inbox={status.inbox} />
            <OrdersCard orders={status.orders} />
            <JobsCard jobs={status.jobs} />
            <ProofCard shops={status.shops} />
          </>
        ) : (
          isPending && Array.from({ length: CARDS }, (_, index) => <LoadingCard key={index} />)
        )}
      </div>
      <ActivityCharts />
      {status && status.jobs.length > 0 && <JobsTable jobs={status.jobs} />}
    </div>
  )
}

export const handle = { breadcrumb: () => <Breadcrumb text="overview.menu" /> }

export const config = defineRouteConfig({
  label: "overview.menu",
  // The build reads this without running it: only a literal is seen.
  translationNs: "connectors",
  icon: SquaresPlus,
})

export default OverviewPage
