import type { NormalizedReturnItem } from "./normalized-return"

/** Money in Medusa or Shopee as decimal text in major units. */
type DecimalText = string

/** A return of a Medusa order that stands for one of Shopee. */
export interface ReturnView {
  id: string
  returnSn: string
  canceled: boolean
  items: { lineId: string; quantity: number; received: number }[]
  /** The stock has what was received. */
  restocked: boolean
}

/** What Medusa has of an order's returns; only looked at when Shopee has any. */
export interface OrderReturnsView {
  returns: ReturnView[]
  /** Pieces by line that are in a return or came back with one, also with those that somebody made by hand. */
  heldPieces: ReadonlyMap<string, number>
  /** What was refunded for each of Shopee's returns, by its number. */
  refunds: ReadonlyMap<string, DecimalText>
  /** What Medusa thinks that the buyer still owes, or gets back when it is negative. */
  openAmount: DecimalText
}

/**
 * What Medusa's return has to be: not there, asked for, or received and back in stock. `dropped` is a return of goods that won't come: it
 * is cancelled where it was asked for.
 */
export type ReturnStage = "none" | "requested" | "received" | "dropped"

/** One of Shopee's returns, as far as an order has to follow it. */
export interface ReturnTarget {
  returnSn: string
  stage: ReturnStage
  /** Each with the lines of the order that it may be of, by the key of the Shopee line. */
  items: { lineKeys: string[]; quantity: number }[]
  /** Items of which Shopee's order has none, or whose number of pieces it does not tell. */
  unknownItems: NormalizedReturnItem[]
  /** What Shopee has paid back to the buyer; null when it does not tell how much. */
  refund: DecimalText | null
  /** No money follows any more. */
  moneySettled: boolean
  /** What a person is told whatever Medusa has. */
  problems: ReturnProblem[]
}

/** A return to ask for in Medusa. */
export interface ReturnToRequest {
  returnSn: string
  items: { lineId: string; quantity: number }[]
}

/**
 * What a return can ask of an order. Each is safe to do again after a crash: it is only planned while its effect is missing.
 *
 * - `cancel_returns`: the goods won't come after all
 * - `request_returns`: goods are going to come back
 * - `receive_returns`: they are here: received, and back in stock
 * - `refund_returns`: Shopee paid the buyer; each amount is what the return is refunded with in all
 * - `balance`: credit what Shopee refunded besides the price of what came back (negative: refunded less), so that Medusa asks nobody for
 *   money
 */
export type ReturnStep =
  | { kind: "cancel_returns"; returnIds: string[] }
  | { kind: "request_returns"; returns: ReturnToRequest[] }
  | { kind: "receive_returns"; returnIds: string[] }
  | { kind: "refund_returns"; refunds: { returnSn: string; amount: DecimalText }[] }
  | { kind: "balance"; amount: DecimalText }

/** What Medusa can't express of a return, or what waits for the seller. */
export type ReturnProblem =
  | "return_disputed"
  | "return_at_warehouse"
  | "return_goods_lost"
  | "return_closed_with_goods"
  | "return_of_unknown_items"
  | "return_exceeds_fulfillment"
  | "refund_amount_unknown"
  | "refund_exceeds_capture"
