import type { NormalizedEscrow } from "./normalized-escrow"
import type { DecimalText } from "./order-import"

/** The escrow of an order that this process may fetch until the lease ends. */
export interface EscrowClaim {
  /** Id of the order's `shopee_order_sync` row. */
  id: string
  claimId: string
  shopId: string
  ordersn: string
  /** Failed attempts so far. */
  attempts: number
  firstFailedAt: Date | null
  medusaOrderId: string | null
  lastRawEventId: string | null
}

/** An amount that enters an escrow, negative where it lessens it. Major units. */
export interface EscrowComponent {
  /** Shopee's name of the field. */
  name: string
  amount: DecimalText
}

/** Whether an escrow's components come to its amount. */
export interface EscrowCheck {
  adds_up: boolean
  /** What the components come to. */
  computed: DecimalText
  /** `escrow_amount` less `computed`: 0 when it adds up. */
  difference: DecimalText
  /** Those that are not 0. */
  components: EscrowComponent[]
}

/** A fetched escrow, to be stored for the claim that fetched it. */
export interface FetchedEscrow {
  /** Id of the order's `shopee_order_sync` row. */
  syncId: string
  shopId: string
  escrow: NormalizedEscrow
  check: EscrowCheck
  /** Sum of the adjustments. */
  adjustmentAmount: DecimalText
}

/** What becomes of an escrow that could not be fetched. */
export interface FailedEscrow {
  /** Id of the order's `shopee_order_sync` row. */
  id: string
  /** Milliseconds until the next attempt; null = no further one by itself. */
  retryInMs: number | null
}

/** An entry of the list of released escrows, which is what makes an escrow final. */
export interface EscrowRelease {
  ordersn: string
  releasedAt: Date
  /** Null when Shopee names none. */
  payoutAmount: number | null
}

/** What the list of released escrows changed. */
export interface AppliedReleases {
  /** Orders whose escrow was provisional until now. */
  newlyReleased: string[]
  /** Orders that we hold no escrow of. */
  missing: string[]
}

/** A completed order that Shopee has not paid out for too long. */
export interface LateSettlement {
  ordersn: string
  rawEventId: string | null
  /** What is due, in major units; null when its escrow could not be fetched. */
  amount: DecimalText | null
  currency: string | null
  /** Whole days since its completion. */
  days: number
}

/** A payout below what the settlement says. Amounts in major units. */
export interface ShortPayout {
  ordersn: string
  currency: string
  paid: DecimalText
  expected: DecimalText
  short: DecimalText
}
