import { useTranslation } from "react-i18next"
import type { PushHealth } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { CardFact, HealthCard } from "./health-card"

/** What Shopee calls a subscription that nothing is wrong with. */
const GOOD_SUBSCRIPTION = "Normal"

/** Whether Shopee's pushes reach us. */
export const PushCard = ({ push }: { push: PushHealth }) => {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  const { distance } = useFigures()
  const { last_push_at: last, subscription, problems, checked_at: checked } = push
  const isGood = problems === 0 && (subscription === null || subscription === GOOD_SUBSCRIPTION)
  return (
    <HealthCard
      title={t("overview.push.title")}
      statement={last === null ? t("overview.push.never") : t("overview.push.last", { distance: distance(last) })}
      level={isGood ? (last === null ? "quiet" : "good") : "warning"}
    >
      <CardFact label={t("overview.push.subscription")}>
        {subscription === null
          ? t("overview.push.unknown")
          : t(`overview.push.subscription_${subscription}`, { defaultValue: subscription })}
      </CardFact>
      <CardFact label={t("overview.push.problems")}>
        {problems === 0 ? t("overview.none") : t("overview.push.open", { count: problems })}
      </CardFact>
      <CardFact label={t("overview.push.checked")} title={checked === null ? undefined : time(checked)}>
        {checked === null ? t("overview.never") : distance(checked)}
      </CardFact>
    </HealthCard>
  )
}
