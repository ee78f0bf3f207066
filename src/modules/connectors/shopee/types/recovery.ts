import type { BackfillReason } from "./enums"

/** An order as Shopee's list names it. */
export interface ListedOrder {
  ordersn: string
  /** Null when the list does not say. */
  status: string | null
}

/** What we know of an order, as far as comparing it with Shopee goes. */
export interface OrderState {
  ordersn: string
  /** Shopee's status and `update_time` of the reading that was applied last; null = none was. */
  shopeeStatus: string | null
  shopeeUpdateTime: Date | null
  /** True while it waits: due, being worked on, or held with an exception that says why. */
  isWaiting: boolean
}

/** Orders that Shopee lists, by what we have of them. Together they are all that were compared. */
export interface Differences {
  /** As Shopee has them. */
  matching: string[]
  /** Known, and being worked on or held for a person. */
  waiting: string[]
  /** Unknown to us. */
  missing: string[]
  /** Changed at Shopee since we looked. */
  stale: string[]
  /** When Shopee says that stale orders changed last, as far as it was read. */
  changedAt: Map<string, Date>
}

/** Returns that Shopee lists, as far as comparing them with ours goes. */
export interface ReturnDifferences {
  /** How many Shopee lists. */
  count: number
  /** Those that we never read, or that changed since. */
  behind: ReturnFinding[]
  /** Why they could not be compared, as Shopee says it; null = they were. */
  unreadable: string | null
}

/** Why a reconciliation or backfill has an order looked at again. */
export type FindingKind = "missing" | "stale" | "return"

/** An order that has to be looked at again. */
export interface OrderFinding {
  ordersn: string
  kind: FindingKind
  /** When Shopee says that the order changed last; a reading from before that is looked at again. Absent: not read. */
  updateTime?: Date
  /** The return that it is looked at for. */
  returnSn?: string
}

/** An order that has to be looked at again for one of its returns. */
export interface ReturnFinding extends OrderFinding {
  kind: "return"
  returnSn: string
}

/** How a comparison came out, for its row. */
export interface ReconcileResult {
  runId: string
  shopeeCount: number
  differences: Omit<Differences, "changedAt">
  returns: ReturnDifferences
}

/** A comparison all of whose findings are repaired now. */
export interface SettledReconcile {
  shopId: string
  windowFrom: Date
  windowTo: Date
  shopeeCount: number
  findings: number
}

/** A backfill as its job needs it. */
export interface OpenBackfill {
  id: string
  shopId: string
  from: Date
  to: Date
  windowsTotal: number
  windowsDone: number
}

/** A backfill that is through, with how many of the orders that it injected are done. */
export interface SettledBackfill {
  shopId: string
  reason: BackfillReason
  from: Date
  to: Date
  ordersSeen: number
  injected: number
  done: number
}
