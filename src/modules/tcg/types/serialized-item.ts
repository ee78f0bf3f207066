import type { SerializedItemStatus } from "./enums"

/** A serialized copy as the reservation statements answer it. */
export interface SerializedItem {
  id: string
  variant_id: string
  cert_number: string
  grader: string | null
  grade: string | null
  status: SerializedItemStatus
  reserved_for: string | null
}

/** One piece of an order that a copy is wanted for. */
export interface CopyDemand {
  /** Names the piece, as in `reserveSerializedItem`: no other piece has the same. */
  reservedFor: string
  /** The order that it is a piece of. */
  order: string
  variantId: string
}

/** What became of the demand for a piece. */
export interface ReservedCopy {
  reservedFor: string
  /** Null when there was none left. */
  copy: SerializedItem | null
  /** False when the piece held the copy already. */
  isNew: boolean
}

/** A copy that an order's piece holds or was given. */
export interface HeldCopy extends SerializedItem {
  reserved_for: string
  reserved_order: string
}
