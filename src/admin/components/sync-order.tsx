import { Button, toast } from "@medusajs/ui"
import { useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import type { ShopeeOrderAnswer } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../lib/namespace"
import { useOutcomeToasts } from "../lib/outcome-toasts"
import { useSyncOrder } from "../lib/shopee-order"

/** Whether an answer was read after the finding was stored, and the connector is through with it. */
const isThrough = ({ order, timeline }: ShopeeOrderAnswer, findingId: string): boolean =>
  order.progress !== "waiting" && timeline.some((entry) => entry.kind === "event" && entry.raw_event_id === findingId)

/** Has an order looked at again, waits for it, and says what came of it. `answer` null = the connector doesn't know the order yet. */
export const SyncOrder = ({ ordersn, answer }: { ordersn: string; answer: ShopeeOrderAnswer | null }) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const { mutate, isPending } = useSyncOrder(ordersn)
  const [findingId, setFindingId] = useState<string | null>(null)
  const progress = answer !== null && findingId !== null && isThrough(answer, findingId) ? answer.order.progress : null

  useEffect(() => {
    if (progress === null) {
      return
    }
    setFindingId(null)
    const tell = progress === "done" ? toast.success : toast.warning
    tell(t(`orders.synced_${progress}`), { description: t(`orders.synced_${progress}_text`) })
  }, [progress, t])

  return (
    <Button
      size="small"
      isLoading={isPending || findingId !== null}
      onClick={() =>
        mutate(undefined, {
          onSuccess: ({ raw_event_id: id }) => setFindingId(id),
          onError: toasts.refused,
        })
      }
    >
      {t("orders.sync")}
    </Button>
  )
}
