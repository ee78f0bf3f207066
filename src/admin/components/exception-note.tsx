import { InlineTip } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../lib/namespace"

/** An exception for the person who has to act on it: what happened, and what to do. */
export const ExceptionNote = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  const label = t(`errorClass.${exception.error_class}`, { defaultValue: exception.error_class })
  return (
    <InlineTip label={label} variant={exception.level === "error" ? "error" : "warning"}>
      <span className="block break-words">{exception.message}</span>
      <span className="text-ui-fg-base mt-2 block break-words">{exception.action}</span>
    </InlineTip>
  )
}
