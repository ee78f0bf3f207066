/**
 * Something that Shopee answered can't be turned into ours. The order is held; a person has to look. The message names the field
 * and what to do, and never a value: values may be the buyer's.
 */
export class NormalizationError extends Error {
  override readonly name = "NormalizationError"

  constructor(
    /** The order it is about; null when even that could not be read. */
    readonly ordersn: string | null,
    /** Path of the field in Shopee's answer, e.g. `item_list.0.item_id`. */
    readonly field: string,
    /** What is wrong with the field, to follow its name: "is missing". */
    problem: string,
    /** What the operator should do: one sentence. */
    readonly action: string
  ) {
    super(`${ordersn === null ? "A Shopee order" : `Shopee order ${ordersn}`}: \`${field}\` ${problem}. ${action}`)
  }
}
