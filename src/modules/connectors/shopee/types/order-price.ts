/** A priced line; all amounts decimal text in major units. */
export interface PricedLine {
  key: string
  /** Of one piece. */
  unit_price: string
  /** Pieces. */
  quantity: number
  /** What the units as they were sold cost, before the adjustment: unit_price × quantity − pack_rounding. */
  total: string
  /** The line's share of the discount: 0 … `total`. */
  adjustment: string
  /** Taken off a line of packs, whose pieces have no price in whole minor units; 0 elsewhere. */
  pack_rounding: string
}

/** A priced order. Σ(total − adjustment) + shipping − shipping_adjustment + buyer_fee = total, exactly. */
export interface OrderPrice {
  /** In the order in which they were handed in. */
  lines: PricedLine[]
  shipping: string
  /** The part of the discount that the lines can't carry: 0 … `shipping`. */
  shipping_adjustment: string
  /** What the buyer pays beyond lines and shipping: becomes a line without a variant. */
  buyer_fee: string
  total: string
}
