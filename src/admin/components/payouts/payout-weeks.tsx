import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useFigures } from "../../lib/figures"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { type CurrencyWeeks, toCurrencyWeeks } from "../../lib/payout-weeks"
import { usePayoutWeeks } from "../../lib/payouts"
import { Chart } from "../chart"
import { LoadFailure } from "../load-failure"

const WEEKS = 12

interface PayoutWeeksProps {
  /** Monday of the week that was chosen, YYYY-MM-DD. */
  onChoose: (week: string) => void
}

const CurrencyChart = ({ currency, weeks, onChoose }: CurrencyWeeks & PayoutWeeksProps) => {
  const { t } = useTranslation(NAMESPACE)
  const { money, roundMoney } = useFormats()
  const { calendarDay } = useFigures()
  const days = weeks.map(({ week }) => calendarDay(week))
  return (
    <Chart
      title={`${t("payouts.weeks")}, ${currency}`}
      places={days.map((day) => t("payouts.weekOf", { day }))}
      ticks={days}
      format={(amount) => money(String(amount), currency)}
      formatAxis={(amount) => roundMoney(amount, currency)}
      onSelect={(index) => onChoose(weeks[index]?.week ?? "")}
      series={[
        {
          name: t("payouts.expected"),
          shape: "bars",
          tone: "neutral",
          values: weeks.map(({ expected }) => expected),
        },
        { name: t("payouts.paidOut"), shape: "bars", tone: "green", values: weeks.map(({ paidOut }) => paidOut) },
      ]}
    />
  )
}

/** What was expected of each week's payouts, and what was paid out. */
export const PayoutWeeks = ({ onChoose }: PayoutWeeksProps) => {
  const { t } = useTranslation(NAMESPACE)
  const { data, isPending, isError, refetch } = usePayoutWeeks(WEEKS)
  const currencies = data && toCurrencyWeeks(data.weeks, WEEKS, new Date())
  return (
    <Container className="p-0" data-testid="payout-weeks">
      <div className="px-6 pb-2 pt-4">
        <Heading level="h2">{t("payouts.weeks")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {currencies?.length === 0 ? t("payouts.weeksNone", { count: WEEKS }) : t("payouts.weeksText")}
        </Text>
      </div>
      {currencies ? (
        currencies.map((one) => <CurrencyChart key={one.currency} {...one} onChoose={onChoose} />)
      ) : isPending ? (
        <div className="px-6 pb-4" aria-busy="true" aria-label={t("payouts.loading")}>
          <Skeleton className="h-48 w-full" />
        </div>
      ) : (
        isError && (
          <LoadFailure text={t("payouts.weeksFailed")} again={t("payouts.tryAgain")} onRetry={() => void refetch()} />
        )
      )}
    </Container>
  )
}
