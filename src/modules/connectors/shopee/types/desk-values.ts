/** ISO 8601 in UTC. */
export type Timestamp = string

/** Decimal text in major units. */
export type Amount = string

/** A page of a list. The list itself is in the answer beside these. */
export interface Page {
  /** How many there are in all. */
  count: number
  limit: number
  offset: number
}
