import { useTranslation } from "react-i18next"
import type { InboxStatus } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { LONGEST_WAIT_S } from "../../lib/find-attention"
import { NAMESPACE } from "../../lib/namespace"
import { CardFact, HealthCard } from "./health-card"

/** What waits to be worked on. */
export const InboxCard = ({ inbox }: { inbox: InboxStatus }) => {
  const { t } = useTranslation(NAMESPACE)
  const { count, duration } = useFigures()
  const { depth, oldest_age_seconds: seconds } = inbox
  const level = (seconds ?? 0) > LONGEST_WAIT_S ? "error" : inbox.held > 0 ? "warning" : "good"
  return (
    <HealthCard
      title={t("overview.inbox.title")}
      statement={depth === 0 ? t("overview.inbox.empty") : t("overview.inbox.waiting", { count: depth })}
      level={level}
    >
      <CardFact label={t("overview.inbox.oldest")}>
        {seconds === null ? "–" : duration(Math.max(1, seconds) * 1_000)}
      </CardFact>
      <CardFact label={t("overview.inbox.backingOff")}>{count(inbox.backing_off)}</CardFact>
      <CardFact label={t("overview.inbox.held")}>{count(inbox.held)}</CardFact>
      <CardFact label={t("overview.inbox.escrows")}>{count(inbox.escrows_due)}</CardFact>
    </HealthCard>
  )
}
