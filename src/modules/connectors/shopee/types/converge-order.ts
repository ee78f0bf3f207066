import type { OrderPrice } from "./order-price"
import type { LineQuantity, PlanStep } from "./plan"

/** An order that Medusa has, and what is left to do to it. */
export interface ConvergeOrderInput {
  orderId: string
  /** Id of the order's `shopee_order_sync` row. */
  syncId: string
  /** The claim under which this is done; absent: nobody competes for the order. */
  claimId?: string
  shopId: string
  ordersn: string
  /** ISO 3166-1 alpha-2, lower case. */
  countryCode: string
  currencyCode: string
  /** Null when the plan opens one first. */
  paymentCollectionId: string | null
  /** What Shopee knows of the money now. */
  price: OrderPrice
  /** The order's Shopee lines with the pieces they have to have, and the key that `price` names them by. */
  lines: (LineQuantity & { key: string })[]
  /** Never a `create`. */
  steps: PlanStep[]
}

/** Orders that have moved on, no order twice. */
export interface MoveOrdersInput {
  orders: {
    orderId: string
    /** Id of the order's `shopee_order_sync` row. */
    syncId: string
    /** The claim under which this is done. */
    claimId: string
    /** ISO 3166-1 alpha-2, lower case. */
    countryCode: string
    /** `fulfil`, `ship`, `deliver` and `complete` only. */
    steps: PlanStep[]
  }[]
}
