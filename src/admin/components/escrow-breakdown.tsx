import { clx, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { Amount, EscrowView } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"
import { readable } from "../lib/readable"

interface LineProps {
  label: string
  amount: Amount
  currency: string
  strong?: boolean
  alarming?: boolean
}

const Line = ({ label, amount, currency, strong = false, alarming = false }: LineProps) => {
  const { money } = useFormats()
  const tone = alarming ? "text-ui-fg-error" : strong ? "text-ui-fg-base" : "text-ui-fg-subtle"
  const weight = strong ? "plus" : "regular"
  return (
    <div className={clx("flex items-baseline justify-between gap-x-4", tone)}>
      <Text as="span" size="small" leading="compact" weight={weight}>
        {label}
      </Text>
      <Text as="span" size="small" leading="compact" weight={weight} className="whitespace-nowrap tabular-nums">
        {money(amount, currency)}
      </Text>
    </div>
  )
}

const EscrowBadge = ({ escrow }: { escrow: EscrowView }) => {
  const { t } = useTranslation(NAMESPACE)
  if (escrow.late) {
    return <StatusBadge color="red">{t("escrow.late")}</StatusBadge>
  }
  return (
    <StatusBadge color={escrow.state === "released" ? "green" : "orange"}>{t(`escrow.${escrow.state}`)}</StatusBadge>
  )
}

const EscrowNote = ({ escrow }: { escrow: EscrowView }) => {
  const { t } = useTranslation(NAMESPACE)
  const { day } = useFormats()
  if (escrow.released_at !== null) {
    return <>{t("escrow.releasedOn", { day: day(escrow.released_at) })}</>
  }
  return <>{t(escrow.late ? "escrow.lateNote" : "escrow.provisionalNote")}</>
}

/** What Shopee settles for an order: its components down to the amount, then what was paid out and how far that is off. */
export const EscrowBreakdown = ({ escrow }: { escrow: EscrowView }) => {
  const { t } = useTranslation(NAMESPACE)
  const { currency, cause } = escrow
  return (
    <div className="flex flex-col gap-y-3">
      <div className="flex items-center justify-between gap-x-2">
        <Text size="small" leading="compact" weight="plus">
          {t("escrow.title")}
        </Text>
        <EscrowBadge escrow={escrow} />
      </div>
      <div className="flex flex-col gap-y-2">
        {escrow.components.map(({ name, amount }) => (
          <Line
            key={name}
            label={t(`escrow.component.${name}`, { defaultValue: readable(name) })}
            amount={amount}
            currency={currency}
          />
        ))}
        {escrow.unexplained !== "0" && (
          <Line label={t("escrow.unexplained")} amount={escrow.unexplained} currency={currency} alarming />
        )}
      </div>
      <div className="border-ui-border-base flex flex-col gap-y-2 border-t border-dashed pt-3">
        <Line label={t("escrow.amount")} amount={escrow.escrow_amount} currency={currency} strong />
        {escrow.adjustment_amount !== "0" && (
          <Line label={t("escrow.adjustments")} amount={escrow.adjustment_amount} currency={currency} />
        )}
        {escrow.payout_amount !== null && (
          <Line label={t("escrow.payout")} amount={escrow.payout_amount} currency={currency} strong />
        )}
        {escrow.payout_amount !== null && escrow.difference !== "0" && (
          <Line
            label={t("escrow.difference")}
            amount={escrow.difference}
            currency={currency}
            alarming={cause === "unexplained"}
          />
        )}
      </div>
      <Text size="xsmall" leading="compact" className="text-ui-fg-muted">
        <EscrowNote escrow={escrow} />
        {cause !== null && ` ${t(`escrow.cause.${cause}`)}`}
      </Text>
    </div>
  )
}
