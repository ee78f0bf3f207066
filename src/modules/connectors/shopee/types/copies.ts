/** A graded or serialized copy that a piece of an order holds, or was sold as. */
export interface HeldCopyView {
  id: string
  /** Names the piece: see `planner/piece-names.ts`. */
  reservedFor: string
  isSold: boolean
}

/** A line of a Medusa order whose variant has copies. Pieces are counted as Medusa counts them on the order. */
export interface SerializedLineView {
  lineId: string
  /** Key of its Shopee line. */
  key: string
  sku: string
  variantId: string
  quantity: number
  fulfilled: number
  shipped: number
  /** Pieces that came back and were received. */
  returned: number
  /** Copies of the variant that are for sale. */
  available: number
  /** Ids of the copies that the line's metadata names. */
  notedCopyIds: string[]
}

/** What Medusa has of an order's copies. Empty lists for an order whose variants have none. */
export interface OrderCopiesView {
  /** The order's display id. */
  order: string
  lines: SerializedLineView[]
  held: HeldCopyView[]
}

/** One piece that a copy is to be set aside for. */
export interface CopyToReserve {
  reservedFor: string
  variantId: string
}

/** What is left to do to an order's copies; pieces are named by `reservedFor`. */
export interface CopyChanges {
  /** The order's display id. */
  order: string
  reserve: CopyToReserve[]
  /** Reserved copies that have left. */
  sell: string[]
  /** Reserved copies that are not wanted any more. */
  release: string[]
  /** Sold copies that came back. */
  takeBack: string[]
  /** The order's serialized lines: each is to name its copies. */
  lines: { lineId: string; key: string }[]
}
