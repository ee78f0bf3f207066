/**
 * Whether Postgres finds the rows of a list before it sorts them, as the word after `AS` of a CTE.
 *
 * Where the beginning of an order number is searched, it must: order numbers and times grow together, which Postgres doesn't know. It would
 * go through the rows from the newest on, hoping to meet enough of those that it looks for, and meet them at the very end.
 */
export const searchFence = ({ ordersnStart }: { ordersnStart?: string }): string =>
  ordersnStart === undefined ? "NOT MATERIALIZED" : "MATERIALIZED"
