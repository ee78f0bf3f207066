import { useTranslation } from "react-i18next"
import type { CompletenessProof, ShopeeStatusAnswer } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { unrepaired } from "../../lib/find-attention"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { CardFact, HealthCard } from "./health-card"
import type { HealthLevel } from "./health-dot"

function levelOf(proof: CompletenessProof): HealthLevel {
  if (proof.status === "failed") {
    return "error"
  }
  const isWhole = unrepaired(proof) === 0 && proof.returns_error === null
  return proof.status === "running" ? "quiet" : isWhole ? "good" : "warning"
}

/** Whether every order of Shopee's is here, as the last comparison showed. */
export const ProofCard = ({ shops }: Pick<ShopeeStatusAnswer, "shops">) => {
  const { t } = useTranslation(NAMESPACE)
  const { age, time } = useFormats()
  const { count } = useFigures()
  const shop = shops.find(({ configured }) => configured) ?? shops[0]
  const proof = shop?.last_proof ?? null
  const title = t("overview.proof.title")
  if (proof === null) {
    return (
      <HealthCard title={title} statement={t("overview.proof.none")} level="quiet">
        <p className="txt-compact-small text-ui-fg-subtle m-0">{t("overview.proof.noneText")}</p>
      </HealthCard>
    )
  }
  const found = proof.shopee_count - proof.missing_count
  const statement =
    proof.status === "complete"
      ? t("overview.proof.complete", {
          found: count(found),
          count: proof.shopee_count,
          number: count(proof.shopee_count),
        })
      : t(`overview.proof.${proof.status}`)
  return (
    <HealthCard title={title} statement={statement} level={levelOf(proof)}>
      <CardFact label={t("overview.proof.missing")}>{count(proof.missing_count)}</CardFact>
      <CardFact label={t("overview.proof.stale")}>{count(proof.stale_count)}</CardFact>
      <CardFact label={t("overview.proof.returns")} title={proof.returns_error ?? undefined}>
        {proof.returns_error === null ? count(proof.stale_return_count) : t("overview.proof.returnsUnread")}
      </CardFact>
      <CardFact label={t("overview.proof.repaired")}>{count(proof.repaired_count)}</CardFact>
      <CardFact label={t("overview.proof.when")} title={time(proof.started_at)}>
        {age(proof.started_at)}
      </CardFact>
    </HealthCard>
  )
}
