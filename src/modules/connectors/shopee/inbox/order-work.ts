import { shopeeDisplayId } from "../../../../config/custom-display-id"
import type { OrderClaim } from "../types/inbox"
import type { NormalizedOrder } from "../types/normalized-order"
import type { KnownReturn } from "../types/normalized-return"
import type { OrderPrice } from "../types/order-price"
import type { MedusaOrderView, OrderReport, OrderTarget, PlanStep } from "../types/plan"

/** A claimed order as Shopee tells of it now. */
export interface OrderRead {
  claim: OrderClaim
  order: NormalizedOrder
  /** By package number, from push 4. */
  trackingNumbers: ReadonlyMap<string, string>
  /** Those that Shopee is known to have of the order; absent when there are none. */
  returns?: KnownReturn[]
  /** Shopee was asked about the order's returns just now, and answered. */
  hasReadReturns?: boolean
}

/** Display ids of the orders of which Shopee has returns: only theirs are looked at in Medusa. */
export const returnedOrders = (reads: readonly OrderRead[]): ReadonlySet<string> =>
  new Set(reads.flatMap(({ claim, returns = [] }) => (returns.length > 0 ? [shopeeDisplayId(claim.ordersn)] : [])))

/** An order that was read, priced, compared with Medusa and planned. */
export interface OrderWork extends OrderRead {
  price: OrderPrice
  target: OrderTarget
  current: MedusaOrderView | null
  steps: PlanStep[]
}

/** How the work on one claimed order ended. */
export type OrderOutcome =
  | {
      claim: OrderClaim
      succeeded: true
      order: NormalizedOrder
      medusaOrderId: string | null
      oversoldSkus: string[]
      /** What a person has to look at although nothing failed. */
      problems: OrderReport[]
      /** Numbers of the order's returns at Shopee. */
      returnSns: string[]
      hasReadReturns: boolean
    }
  | { claim: OrderClaim; succeeded: false; error: unknown }

export const failed = (claim: OrderClaim, error: unknown): OrderOutcome => ({ claim, succeeded: false, error })

export const succeeded = (
  {
    claim,
    order,
    steps,
    returns = [],
    hasReadReturns = false,
  }: Pick<OrderWork, "claim" | "order" | "steps" | "returns" | "hasReadReturns">,
  medusaOrderId: string | null,
  oversoldSkus: string[] = []
): OrderOutcome => ({
  claim,
  succeeded: true,
  order,
  medusaOrderId,
  oversoldSkus: [
    ...new Set([...oversoldSkus, ...steps.flatMap((step) => (step.kind === "short_of_copies" ? step.skus : []))]),
  ],
  problems: steps.filter((step) => step.kind === "report"),
  returnSns: returns.map(({ return_sn }) => return_sn),
  hasReadReturns,
})
