import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { runScopesNow } from "../../shared/jobs/run-due-jobs"
import type ShopeeConnectorService from "../service"
import { BackfillStatus } from "../types/enums"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { backfillOrders } from "./backfill"
import { type BackfillProgress, readBackfill } from "./start-backfill"

const LOOK_AGAIN_MS = 500
/** A worker's tick comes every 15 s; one that has not begun by then is not running. */
const WORKER_PATIENCE_MS = 40_000
/** So many looks without anything due, and what is not done is held or backs off. */
const QUIET_LOOKS = 4

/**
 * Follows a backfill until it is through and its orders are done, as far as they will be without a person. A worker does the work; when
 * none begins, this process does it.
 *
 * @param show is handed each look
 * @returns the last look
 */
export async function followBackfill(
  container: MedusaContainer,
  id: string,
  show: (progress: BackfillProgress) => void,
  { patienceMs = WORKER_PATIENCE_MS } = {}
): Promise<BackfillProgress> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const begunAt = Date.now()
  let own: Promise<void> | null = null
  const failures: Error[] = []
  let quietLooks = 0
  for (;;) {
    const progress = await readBackfill(container, id)
    show(progress)
    if (progress.started_at === null && own === null && Date.now() - begunAt >= patienceMs) {
      own = runScopesNow(container, backfillOrders).catch((error: unknown) => {
        failures.push(error instanceof Error ? error : new Error(String(error)))
      })
    }
    if (failures[0]) {
      throw failures[0]
    }
    if (progress.status === BackfillStatus.DONE) {
      quietLooks = (await service.countDueOrders(progress.shop_id)) === 0 ? quietLooks + 1 : 0
      if (progress.done_count >= progress.injected_count || quietLooks >= QUIET_LOOKS) {
        await own
        return progress
      }
    }
    await sleep(LOOK_AGAIN_MS)
  }
}
