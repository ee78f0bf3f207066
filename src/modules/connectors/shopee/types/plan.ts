import type { CopyChanges, OrderCopiesView } from "./copies"
import type { ContactAddress, ContactBuyer, OrderContact } from "./order-contact"
import type { OrderReturnsView, ReturnProblem, ReturnStep, ReturnTarget } from "./order-returns"

/** Money in Medusa or Shopee as decimal text in major units. */
type DecimalText = string

/** A line of a Medusa order whose variant Medusa keeps stock of. */
export interface StockedLineView {
  lineId: string
  sku: string
  quantity: number
  /** True when a reservation of the line exists. */
  reserved: boolean
  inventoryItems: { inventoryItemId: string; requiredQuantity: number }[]
}

/** A line of a Medusa order. */
export interface OrderLineView {
  lineId: string
  /** Key of its Shopee line; null for a line that somebody added by hand. */
  key: string | null
  /** What named the line before Shopee gave it a `line_item_id`. */
  itemKey: string | null
  quantity: number
  /** Pieces that are in a fulfillment. */
  fulfilled: number
  /** Pieces that have left. */
  shipped: number
  /** Pieces in one unit that Shopee sold, as it was when the line was imported. */
  piecesPerUnit: number
}

/** Pieces of an order's line. */
export interface LineQuantity {
  lineId: string
  quantity: number
}

/** A fulfillment that was not cancelled. */
export interface FulfillmentView {
  id: string
  /** Shopee's number of the parcel. */
  packageNumber: string | null
  shipped: boolean
  delivered: boolean
  trackingNumber: string | null
  /** What the order's own record says is in it; empty for one whose unpacking was cut short. */
  items: LineQuantity[]
}

/** What Medusa has of an order: all that the planner looks at. */
export interface MedusaOrderView {
  id: string
  /** Medusa's order status: pending, completed, canceled, … */
  status: string
  currencyCode: string
  total: DecimalText
  stockedLines: StockedLineView[]
  lines: OrderLineView[]
  /** Once there is one, stock is consumed and not reserved. */
  fulfillments: FulfillmentView[]
  /** Numbers of parcels that are recorded as packed while their fulfillment is not linked to the order: a run died in between. */
  unlinkedPackages: string[]
  payment: {
    /** Null after a crash between creating the order and its payment collection. */
    collectionId: string | null
    collectionAmount: DecimalText | null
    capturedAmount: DecimalText
    refundedAmount: DecimalText
    /** True when the order's account lacks captures or refunds of its payments: a run died in between. */
    isUnbooked?: boolean
  }
  /** True when the order is linked to its sync row. */
  linked: boolean
  contact: OrderContact
  /** Graded and serialized copies of its lines. */
  copies: OrderCopiesView
  /** Only looked at when Shopee has returns of the order. */
  returns?: OrderReturnsView
}

/** How far a parcel has got. */
export type PackageStage = "open" | "packed" | "shipped" | "delivered"

/** A parcel of an order, as Shopee tells of it. */
export interface PackageTarget {
  packageNumber: string
  stage: PackageStage
  trackingNumber: string | null
  carrier: string | null
  /** What is in it, by the key of the Shopee line. */
  items: { key: string; quantity: number }[]
}

/** How many pieces a line of the Medusa order has to have. */
export interface LineTarget {
  /** Of the Shopee line. */
  key: string
  quantity: number
  /** Pieces that Shopee cancelled although they have left, or were packed by hand: they can't be taken out of the order. */
  outOfReach: number
}

/** What the Medusa order has to be, read off one Shopee reading. */
export interface OrderTarget {
  /** Shopee took the buyer's money, or is the one who owes it. */
  captured: boolean
  cancelled: boolean
  /** Shopee knows the total by now: without one such an order is held. */
  priced: boolean
  /** What the buyer pays. */
  total: DecimalText
  lines: LineTarget[]
  /** Shopee cancelled some pieces, and not the order. */
  partlyCancelled: boolean
  /**
   * Empty when the status says nothing of parcels: then those that are packed stay so. Of a cancelled order, only when one of them has
   * left all the same.
   */
  packages: PackageTarget[]
  completed: boolean
  contact: OrderContact
  /** Shopee's returns of the order, oldest first. */
  returns?: ReturnTarget[]
}

/** Lines that go into one fulfillment. */
export interface PackageToFulfil {
  packageNumber: string
  items: LineQuantity[]
}

/** A fulfillment that has left, or whose tracking number has become known. */
export interface ShipmentToMark {
  fulfillmentId: string
  trackingNumber: string | null
  carrier: string | null
}

/**
 * One thing to do to an order. Each is safe to do again after a crash: it is only planned while its effect is missing.
 *
 * - `create`: import the order, with or without reserving stock and capturing the payment
 * - `link`: connect order and sync row
 * - `open_payment`: make the payment collection
 * - `amend`: bring lines, shipping and fees to what Shopee knows since payment, or since some pieces were cancelled
 * - `reserve`: reserve the stock of lines that have no reservation
 * - `capture`: note that Shopee has the money
 * - `book`: tell the order's account of captures and refunds that it lacks
 * - `fulfil`: pack parcels: their stock is consumed
 * - `ship`, `track`, `deliver`: what became of a parcel; `track` is a number that came after the shipment
 * - `complete`: nothing is left but returns
 * - `unpack`: take back fulfillments that never left
 * - `cancel`: cancel, refund what was captured, release the stock
 * - `refund`: Shopee gave money back and the order goes on existing; `keep` is what stays captured, nothing when absent
 * - `update_contact`: bring address and buyer to what Shopee tells; null where nothing changes
 * - `copies`: set graded copies aside for pieces, mark them as sold, or free them
 * - `short_of_copies`: there are fewer copies than pieces; changes nothing, a person has to look
 * - `report`: nothing that Medusa can do; a person has to look
 *
 * What returns ask for is said in `order-returns.ts`.
 */
export type PlanStep =
  | { kind: "create"; reserve: boolean; capture: boolean }
  | { kind: "link" }
  | { kind: "open_payment"; amount: DecimalText }
  | { kind: "amend"; total: DecimalText }
  | { kind: "reserve"; lines: StockedLineView[] }
  | { kind: "capture"; amount: DecimalText }
  | { kind: "book" }
  | { kind: "fulfil"; packages: PackageToFulfil[] }
  | { kind: "ship"; shipments: ShipmentToMark[] }
  | { kind: "track"; shipments: ShipmentToMark[] }
  | { kind: "deliver"; fulfillmentIds: string[] }
  | { kind: "complete" }
  | { kind: "unpack"; fulfillmentIds: string[] }
  | { kind: "cancel" }
  | { kind: "refund"; keep?: DecimalText }
  | { kind: "update_contact"; address: ContactAddress | null; buyer: ContactBuyer | null }
  | { kind: "copies"; changes: CopyChanges }
  | { kind: "short_of_copies"; skus: string[] }
  | ReturnStep
  | OrderReport

/** What a person has to be told, and of which of Shopee's returns if it is about one. */
export type OrderReport =
  { kind: "report"; problem: OrderProblem } | { kind: "report"; problem: ReturnProblem; returnSn: string }

/** What a plan can only tell a person of the order itself. */
export type OrderProblem = "cancelled_after_shipping" | "pieces_cancelled_after_shipping" | "parcel_mismatch"
