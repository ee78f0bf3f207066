import type { MedusaContainer } from "@medusajs/framework/types"
import { shopeeDisplayId } from "../../../../config/custom-display-id"
import type { RawShopeeOrder } from "../client/shopee-client"
import { normalizeShopeeOrder } from "../normalizers/order"
import { isStale } from "../planner/plan"
import type ShopeeConnectorService from "../service"
import type { OrderClaim } from "../types/inbox"
import { toStorable } from "../webhook/read-json"
import { loadOrderViews } from "./load-order-views"
import { failed, type OrderOutcome, type OrderRead, type OrderWork, returnedOrders, succeeded } from "./order-work"
import { planOrder } from "./plan-order"
import type { OrderReading } from "./read-orders"
import { addReturns, type ReturnFailures } from "./read-returns"

/** A buyer's text may hold what Postgres can't (NUL, lone surrogates): it is replaced before anything is made of it. */
function storableReading(reading: RawShopeeOrder): unknown {
  const stored = toStorable(reading)
  return "value" in stored ? stored.value : reading
}

/** Orders that need work, and those that are done with or failed before any. */
export interface PreparedOrders {
  works: OrderWork[]
  outcomes: OrderOutcome[]
  /** Orders that go on without what Shopee says of their returns now. */
  returnFailures: ReturnFailures
}

/**
 * Normalises what Shopee answered, looks at what Medusa has, and plans. One query for all orders; one that can't be understood
 * fails alone.
 */
export async function prepareOrders(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  claims: OrderClaim[],
  readings: ReadonlyMap<string, OrderReading>
): Promise<PreparedOrders> {
  const outcomes: OrderOutcome[] = []
  const tracking = await service.listTrackingNumbers(claims.map(({ shopId, ordersn }) => ({ shopId, ordersn })))
  const normalized: OrderRead[] = []
  for (const claim of claims) {
    const reading = readings.get(claim.ordersn)
    try {
      if (reading === undefined || reading instanceof Error) {
        throw reading ?? new Error(`Order ${claim.ordersn} was not read.`)
      }
      normalized.push({
        claim,
        order: normalizeShopeeOrder(storableReading(reading)),
        trackingNumbers: tracking.get(claim.ordersn) ?? new Map(),
      })
    } catch (error) {
      outcomes.push(failed(claim, error))
    }
  }
  const [first] = normalized
  if (!first) {
    return { works: [], outcomes, returnFailures: new Map() }
  }
  const { shopId } = first.claim
  const { reads: understood, failures: returnFailures } = await addReturns(
    service,
    await service.clientFor(shopId),
    shopId,
    normalized
  )
  const views = await loadOrderViews(
    container,
    understood.map(({ claim }) => shopeeDisplayId(claim.ordersn)),
    returnedOrders(understood)
  )
  const works: OrderWork[] = []
  for (const read of understood) {
    const { claim, order } = read
    const current = views.get(shopeeDisplayId(claim.ordersn)) ?? null
    try {
      const work = planOrder(read, current)
      if (current !== null && isStale(order.updated_at, claim.shopeeUpdateTime)) {
        outcomes.push(succeeded({ ...work, steps: [] }, current.id))
      } else if (work.steps.length === 0) {
        outcomes.push(succeeded(work, current?.id ?? null))
      } else {
        works.push(work)
      }
    } catch (error) {
      outcomes.push(failed(claim, error))
    }
  }
  return { works, outcomes, returnFailures }
}
