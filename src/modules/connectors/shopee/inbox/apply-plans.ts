import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { shopeeDisplayId } from "../../../../config/custom-display-id"
import { withLogFields } from "../../shared/log-fields"
import { countryCodeOf } from "../mappers/order-import"
import { afterMoves, isForeseen, isMove } from "../planner/after-moves"
import { needsSecondLook } from "../planner/plan"
import type ShopeeConnectorService from "../service"
import type { ConvergeOrderInput } from "../types/converge-order"
import type { MedusaOrderView } from "../types/plan"
import { CONVERGE_SHOPEE_ORDER_WORKFLOW } from "../types/workflow-ids"
import { createOrders } from "./import-together"
import { loadOrderViews } from "./load-order-views"
import { moveTogether, type PlannedWork, toMoveGroups } from "./move-together"
import { failed, type OrderOutcome, type OrderWork, returnedOrders, succeeded } from "./order-work"
import { planOrder } from "./plan-order"

/** The longest way, from an order that nobody has seen to a completed and returned one, takes ten plans; more would mean that they don't converge. */
const MOST_ROUNDS = 12

/** An order on its way, with what was found out about it. */
interface Traveller {
  work: OrderWork
  oversoldSkus: string[]
  /** Why its creation failed: thrown when it turns out that nobody else created it either. */
  creationError?: unknown
}

/**
 * Applies plans until nothing is left to do: new orders in one workflow run, the moves of parcels in another one, everything else order by
 * order, looking at Medusa anew after every round. Every work gets exactly one outcome.
 */
export async function applyPlans(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  works: OrderWork[],
  buyerEmailDomain: string
): Promise<OrderOutcome[]> {
  const outcomes: OrderOutcome[] = []
  let travellers: Traveller[] = []
  const creations = works.filter(({ steps }) => steps.some(({ kind }) => kind === "create"))
  for (const creation of await createOrders(container, service, creations, buyerEmailDomain)) {
    const { work } = creation
    if ("error" in creation) {
      // Another worker, or a run that crashed, may have created it: then it is taken over and finished.
      travellers.push({ work, oversoldSkus: [], creationError: creation.error })
    } else if (needsSecondLook(work.steps, work.target)) {
      travellers.push({ work, oversoldSkus: creation.imported.oversoldSkus })
    } else {
      outcomes.push(succeeded(work, creation.imported.orderId, creation.imported.oversoldSkus))
    }
  }
  const existing = works.filter((work) => !creations.includes(work)).map((work) => ({ work, oversoldSkus: [] }))
  await advance(container, existing, travellers, outcomes)
  for (let round = 1; travellers.length > 0; round += 1) {
    const views = await loadOrderViews(
      container,
      travellers.map(({ work }) => shopeeDisplayId(work.claim.ordersn)),
      returnedOrders(travellers.map(({ work }) => work))
    )
    const planned = travellers.flatMap((traveller) => {
      const view = views.get(shopeeDisplayId(traveller.work.claim.ordersn)) ?? null
      return planAgain(traveller, view, round, outcomes) ?? []
    })
    travellers = []
    await advance(container, planned, travellers, outcomes)
  }
  return outcomes
}

/** Plans a traveller's next round; one that can't be planned has its outcome. */
function planAgain(
  traveller: Traveller,
  view: MedusaOrderView | null,
  round: number,
  outcomes: OrderOutcome[]
): Traveller | null {
  const { claim } = traveller.work
  if (view === null) {
    outcomes.push(failed(claim, traveller.creationError ?? new Error(`Medusa lost order ${claim.ordersn} meanwhile.`)))
    return null
  }
  try {
    const work = planOrder(traveller.work, view)
    if (work.steps.length > 0 && round > MOST_ROUNDS) {
      throw new Error(`Order ${claim.ordersn} is not there after ${MOST_ROUNDS} plans; left: ${kindsOf(work)}.`)
    }
    return { work, oversoldSkus: traveller.oversoldSkus }
  } catch (error) {
    outcomes.push(failed(claim, error))
    return null
  }
}

const kindsOf = ({ steps }: OrderWork): string => steps.map(({ kind }) => kind).join(", ")

/** A traveller whose plan has something to apply. */
interface Moving {
  work: PlannedWork
  oversoldSkus: string[]
}

/** Applies one plan of each. A traveller goes on to `next`, or has its outcome. */
async function advance(
  container: MedusaContainer,
  travellers: Traveller[],
  next: Traveller[],
  outcomes: OrderOutcome[]
): Promise<void> {
  const moving: Moving[] = []
  for (const { work, oversoldSkus } of travellers) {
    const { claim, current } = work
    if (!current) {
      outcomes.push(
        failed(claim, new Error(`Order ${claim.ordersn} was planned for a change, but Medusa does not have it.`))
      )
    } else if (needsSecondLook(work.steps, work.target)) {
      moving.push({ work: { ...work, current }, oversoldSkus })
    } else {
      outcomes.push(succeeded(work, current.id, oversoldSkus))
    }
  }
  const movable = moving.filter(({ work }) => isMove(work.steps))
  const alone = moving.filter((each) => !movable.includes(each))
  for (const group of toMoveGroups(movable)) {
    const works = group.map(({ work }) => work)
    if (group.length > 1 && (await moveTogether(container, works))) {
      group.forEach((moved) => arrive(moved, next, outcomes))
    } else {
      alone.push(...group)
    }
  }
  for (const each of alone) {
    await converge(container, each, next, outcomes)
  }
}

/** After most moves nothing has to be looked at to know what is left: a traveller that is there has its outcome at once. */
function arrive({ work, oversoldSkus }: Moving, next: Traveller[], outcomes: OrderOutcome[]): void {
  if (!isForeseen(work.steps)) {
    next.push({ work, oversoldSkus })
    return
  }
  let moved: OrderWork
  try {
    moved = planOrder(work, afterMoves(work.current, work.steps))
  } catch {
    // The next look at Medusa plans again, and says why it can't.
    next.push({ work, oversoldSkus })
    return
  }
  if (needsSecondLook(moved.steps, moved.target)) {
    next.push({ work, oversoldSkus })
  } else {
    outcomes.push(succeeded(moved, work.current.id, oversoldSkus))
  }
}

/** Applies the plan of one order. */
async function converge(
  container: MedusaContainer,
  { work, oversoldSkus }: Moving,
  next: Traveller[],
  outcomes: OrderOutcome[]
): Promise<void> {
  try {
    const short = await runConverge(container, work)
    const went = { work, oversoldSkus: [...new Set([...oversoldSkus, ...short])] }
    if (isMove(work.steps)) {
      arrive(went, next, outcomes)
    } else {
      next.push(went)
    }
  } catch (error) {
    outcomes.push(failed(work.claim, error))
  }
}

async function runConverge(
  container: MedusaContainer,
  { claim, order, price, target, steps, current }: PlannedWork
): Promise<string[]> {
  const input: ConvergeOrderInput = {
    orderId: current.id,
    syncId: claim.id,
    claimId: claim.claimId,
    shopId: claim.shopId,
    ordersn: order.ordersn,
    countryCode: countryCodeOf(order),
    currencyCode: order.currency_code,
    paymentCollectionId: current.payment.collectionId,
    price,
    lines: target.lines.flatMap(({ key, quantity }) => {
      const line = current.lines.find((candidate) => candidate.key === key)
      return line ? [{ lineId: line.lineId, key, quantity }] : []
    }),
    steps,
  }
  const { result } = await withLogFields(
    { order_sns: undefined, order_sn: order.ordersn, medusa_order_id: current.id },
    () => container.resolve(Modules.WORKFLOW_ENGINE).run(CONVERGE_SHOPEE_ORDER_WORKFLOW, { input })
  )
  return result as string[]
}
