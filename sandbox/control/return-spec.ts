/** A return that a buyer asks for. Money in major units, times in epoch seconds. */
export interface ReturnSpec {
  /** Default: every piece that is in no other return. */
  lines?: { index: number; quantity: number }[]
  /** Default: the price of the pieces; with every piece of the order, what was paid for it. */
  refund_amount?: number
  /** The buyer keeps the goods. Default false. */
  refund_only?: boolean
  /** Default: unless it is `refund_only`. */
  needs_logistics?: boolean
  /** 0: the buyer has the goods, 1: on their way, 2: refused at the door. Default 0. */
  request_type?: number
  /** Default `seller_validation`. */
  validation_type?: string
  reason?: string
  /** Default REQUESTED. */
  status?: string
  /** Whether pushes are sent. Default true. */
  push?: boolean
  /** Skip the check that the goods have left and that there are enough pieces. */
  force?: boolean
  /** When it happened. Default: the sandbox's now. */
  at?: number
}

/** What becomes of a return. */
export interface ReturnMove {
  /** REFUND_PAID, CLOSED and CANCELLED end it: once all of an order have ended, TO_RETURN becomes COMPLETED. */
  status?: string
  logistics_status?: string
  tracking_number?: string
  /** What buyer and seller agreed on. */
  refund_amount?: number
  seller_proof_status?: string
  push?: boolean
  at?: number
}
