import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { movesOf } from "../planner/after-moves"
import type { MoveOrdersInput } from "../types/converge-order"
import type { MedusaOrderView } from "../types/plan"
import { MOVE_SHOPEE_ORDERS_WORKFLOW } from "../types/workflow-ids"
import type { OrderWork } from "./order-work"

/**
 * Orders that move in one run. For each action that it marks as done, Medusa's order module looks through everything that it has loaded: in a
 * run of forty orders that was half of the time.
 */
export const MOST_MOVED_TOGETHER = 10

/** An order of Medusa's with a plan. */
export type PlannedWork = OrderWork & { current: MedusaOrderView }

/**
 * Makes the moves of all orders in one run.
 *
 * @returns false when it failed and nothing was moved: then one of them is to blame, and each has to be moved alone
 */
export async function moveTogether(container: MedusaContainer, works: readonly PlannedWork[]): Promise<boolean> {
  const input: MoveOrdersInput = {
    orders: works.map(({ claim, current, steps }) => ({
      orderId: current.id,
      syncId: claim.id,
      claimId: claim.claimId,
      steps: movesOf(steps),
    })),
  }
  try {
    await container.resolve(Modules.WORKFLOW_ENGINE).run(MOVE_SHOPEE_ORDERS_WORKFLOW, { input })
    return true
  } catch {
    // Whoever is to blame fails again alone, and says why.
    return false
  }
}
