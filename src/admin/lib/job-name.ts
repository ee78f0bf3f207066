import { useTranslation } from "react-i18next"
import { NAMESPACE } from "./namespace"
import { readable } from "./readable"

/** What a job does, in plain words; one that nobody has a text for is shown by its name. */
export function useJobName(): (name: string) => string {
  const { t } = useTranslation(NAMESPACE)
  return (name) => t(`job.${name}`, { defaultValue: readable(name.replaceAll("-", "_")) })
}
