import { clx, Container, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { Amount, EscrowTotals } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"

interface SumProps {
  label: string
  amount: Amount
  currency: string
  /** How many orders it is about; absent = the same as beside it. */
  orders?: number
  alarming?: boolean
}

const Sum = ({ label, amount, currency, orders, alarming = false }: SumProps) => {
  const { t } = useTranslation(NAMESPACE)
  const { money } = useFormats()
  const { count } = useFigures()
  return (
    <div className="min-w-0 px-6 py-4">
      <dt className="txt-compact-small text-ui-fg-subtle">{label}</dt>
      <dd className="m-0 mt-1">
        <Text
          as="span"
          size="large"
          leading="compact"
          weight="plus"
          className={clx("block truncate tabular-nums", alarming && "text-ui-fg-error")}
        >
          {money(amount, currency)}
        </Text>
        <Text as="span" size="xsmall" leading="compact" className="text-ui-fg-muted mt-1 block">
          {orders === undefined ? "\u00a0" : t("payouts.orders", { count: orders, number: count(orders) })}
        </Text>
      </dd>
    </div>
  )
}

/** Sums over everything that the filter lets through, not over the page in sight. One row for each currency. */
export const PayoutTotals = ({ totals }: { totals: EscrowTotals[] | undefined }) => {
  const { t } = useTranslation(NAMESPACE)
  if (totals === undefined) {
    return (
      <Container className="grid grid-cols-5 gap-x-6 px-6 py-4" aria-busy="true" aria-label={t("payouts.loading")}>
        {[0, 1, 2, 3, 4].map((key) => (
          <Skeleton key={key} className="h-12 w-full" />
        ))}
      </Container>
    )
  }
  return totals.map((sums) => (
    <Container key={sums.currency} className="p-0" data-testid="payout-totals">
      <dl className="grid grid-cols-2 md:grid-cols-5 md:divide-x" aria-label={t("payouts.totals")}>
        <Sum label={t("payouts.expected")} amount={sums.escrow_amount} currency={sums.currency} orders={sums.count} />
        <Sum
          label={t("payouts.paidOut")}
          amount={sums.released.payout_amount}
          currency={sums.currency}
          orders={sums.released.count}
        />
        <Sum
          label={t("payouts.difference")}
          amount={sums.difference}
          currency={sums.currency}
          alarming={sums.difference.startsWith("-")}
        />
        <Sum
          label={t("payouts.state_provisional")}
          amount={sums.provisional.escrow_amount}
          currency={sums.currency}
          orders={sums.provisional.count}
        />
        <Sum
          label={t("payouts.state_late")}
          amount={sums.late.escrow_amount}
          currency={sums.currency}
          orders={sums.late.count}
          alarming={sums.late.count > 0}
        />
      </dl>
    </Container>
  ))
}
