import { useTranslation } from "react-i18next"
import { NAMESPACE } from "./namespace"

/** A status of Shopee's in plain words; one that nobody has a text for is shown as it is. */
export function useShopeeStatus(status: string | null): { label: string; meaning: string } {
  const { t } = useTranslation(NAMESPACE)
  const key = status ?? "unread"
  return {
    label: t(`status.${key}.label`, { defaultValue: key }),
    meaning: t([`status.${key}.meaning`, "status.other.meaning"]),
  }
}
