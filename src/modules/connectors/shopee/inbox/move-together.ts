import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { redactSecrets } from "../../shared/redaction"
import { MAX_ORDERS_PER_CALL } from "../client/shopee-client"
import { countryCodeOf } from "../mappers/order-import"
import { movesOf } from "../planner/after-moves"
import type { MoveOrdersInput } from "../types/converge-order"
import type { MedusaOrderView } from "../types/plan"
import { MOVE_SHOPEE_ORDERS_WORKFLOW } from "../types/workflow-ids"
import { classifyFailure } from "./classify-failure"
import type { OrderWork } from "./order-work"

/** Orders whose parcels move in one run: a run that fails costs each of them one of its own. */
const MOST_WITH_PARCELS = 25

/** Orders that only a status is written of: one statement for all, however many a batch has. */
const MOST_COMPLETED = MAX_ORDERS_PER_CALL

/** An order of Medusa's with a plan. */
export type PlannedWork = OrderWork & { current: MedusaOrderView }

/** Divides orders that move into those that do it in one run. */
export function toMoveGroups<Moving extends { work: Pick<PlannedWork, "steps"> }>(
  movable: readonly Moving[]
): Moving[][] {
  const completed = movable.filter(({ work }) => movesOf(work.steps).every(({ kind }) => kind === "complete"))
  const parcels = movable.filter((each) => !completed.includes(each))
  return [...inGroups(parcels, MOST_WITH_PARCELS), ...inGroups(completed, MOST_COMPLETED)]
}

const inGroups = <Row>(rows: readonly Row[], most: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / most) }, (_, index) => rows.slice(index * most, (index + 1) * most))

/**
 * Makes the moves of all orders in one run.
 *
 * @returns false when it failed and nothing was moved: then one of them is to blame, and each has to be moved alone
 */
export async function moveTogether(container: MedusaContainer, works: readonly PlannedWork[]): Promise<boolean> {
  const input: MoveOrdersInput = {
    orders: works.map(({ claim, order, current, steps }) => ({
      orderId: current.id,
      countryCode: countryCodeOf(order),
      syncId: claim.id,
      claimId: claim.claimId,
      steps: movesOf(steps),
    })),
  }
  try {
    await container.resolve(Modules.WORKFLOW_ENGINE).run(MOVE_SHOPEE_ORDERS_WORKFLOW, { input })
    return true
  } catch (error) {
    // Whoever is to blame fails again alone, and says why; a failure that nobody alone has would never be heard of.
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(
        `[shopee-inbox] ${works.length} orders could not be moved together, and each is moved alone: ${redactSecrets(classifyFailure(error).message)}`
      )
    return false
  }
}
