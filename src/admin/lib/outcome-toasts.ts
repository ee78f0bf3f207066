import { toast } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { RetryAnswer } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "./namespace"

const EFFECTS = ["orders", "escrows", "shops", "jobs", "accepted_pushes", "left_alone"] as const

/** Tells what a click set in motion, or why it did not. */
export function useOutcomeToasts() {
  const { t } = useTranslation(NAMESPACE)
  return {
    retried: (answers: RetryAnswer[]): void => {
      const effects = EFFECTS.map((effect) => ({
        effect,
        count: answers.reduce((sum, answer) => sum + answer[effect], 0),
      })).filter(({ count }) => count > 0)
      const description = effects.map(({ effect, count }) => t(`retry.${effect}`, { count })).join(" ")
      toast.success(t("retry.done"), { description: description === "" ? t("retry.nothing") : description })
    },
    refused: (error: Error): void => {
      toast.error(t("exceptions.refused"), { description: error.message })
    },
  }
}
