import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** Held by whoever of the connector is about to lock inventory items. */
const TURN_KEY = "shopee-stock"

/** Longer than the batches of several workers, which come one after the other. */
const TURN_TIMEOUT_S = 60
const ITEMS_TIMEOUT_S = 30

/**
 * Runs a job under the lock that Medusa's own steps hold while they count stock: its module reads and writes levels in two statements.
 *
 * A batch of orders needs the locks of many items. Medusa takes them all at once and keeps those it gets, so two workers with the same
 * cards would each hold what the other one waits for, until their time is up and both batches fail. Hence one of the connector's batches
 * at a time: whoever has the turn waits for nobody but Medusa's short steps (decision 37).
 *
 * @throws when the locks can't be had in time
 */
export async function withStockLocked<Result>(
  container: MedusaContainer,
  itemIds: string[],
  job: () => Promise<Result>
): Promise<Result> {
  const locking = container.resolve(Modules.LOCKING)
  const items = [...new Set(itemIds)]
  return await locking.execute(TURN_KEY, async () => await locking.execute(items, job, { timeout: ITEMS_TIMEOUT_S }), {
    timeout: TURN_TIMEOUT_S,
  })
}
