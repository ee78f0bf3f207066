import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../lib/namespace"

/** Whether an exception waits for somebody, and how loud it is while it does. */
export const ExceptionStatusBadge = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  const open = exception.level === "error" ? "red" : "orange"
  const settled = exception.status === "resolved" ? "green" : "grey"
  return (
    <StatusBadge color={exception.status === "open" ? open : settled}>
      {t(`exceptions.state_${exception.status}`)}
    </StatusBadge>
  )
}
