import { defineRouteConfig } from "@medusajs/admin-sdk"
import { CurrencyDollar } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import { Breadcrumb } from "../../../components/breadcrumb"
import { LoadFailure } from "../../../components/load-failure"
import { PayoutTable } from "../../../components/payouts/payout-table"
import { PayoutTotals } from "../../../components/payouts/payout-totals"
import { PayoutWeeks } from "../../../components/payouts/payout-weeks"
import { NAMESPACE } from "../../../lib/namespace"
import {
  chooseWeek,
  readPayoutListAddress,
  toPayoutListAddress,
  type PayoutListChoice,
} from "../../../lib/payout-list-address"
import { usePayouts } from "../../../lib/payouts"

/** What Shopee owes for each order and what it paid out, by week, in sum, and one by one. The choice is in the address. */
const PayoutsPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const [address, setAddress] = useSearchParams()
  const choice = readPayoutListAddress(address)
  const choose = (after: PayoutListChoice) => setAddress(toPayoutListAddress(after), { replace: true })
  const { data, isPending, isError, refetch } = usePayouts(choice)
  return (
    <div className="flex flex-col gap-y-3" data-testid="connector-payouts">
      <PayoutWeeks onChoose={(week) => choose(chooseWeek(choice, week))} />
      {isError && !data ? (
        <Container className="divide-y p-0">
          <Heading className="px-6 py-4">{t("payouts.title")}</Heading>
          <LoadFailure text={t("payouts.failed")} again={t("payouts.tryAgain")} onRetry={() => void refetch()} />
        </Container>
      ) : (
        <>
          <PayoutTotals totals={data?.totals} />
          <Container className="divide-y p-0">
            <PayoutTable choice={choice} onChoose={choose} answer={data} isLoading={isPending} />
          </Container>
        </>
      )}
    </div>
  )
}

export const handle = { breadcrumb: () => <Breadcrumb text="payouts.title" /> }

export const config = defineRouteConfig({
  label: "payouts.menu",
  // The build reads this without running it: only a literal is seen.
  translationNs: "connectors",
  icon: CurrencyDollar,
  rank: 3,
})

export default PayoutsPage
