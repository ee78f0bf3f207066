import type { SerializedItem } from "../../../tcg/types/serialized-item"

/** Where an order line names the graded copies that its pieces are: whoever packs it sees there which to send. */
const NOTED_COPIES = "serialized_copies"

/** The part of a line's metadata that names its copies. */
export const noteOfCopies = (copies: SerializedItem[]): Record<string, unknown> => ({
  [NOTED_COPIES]: copies.map(({ id, cert_number, grader, grade }) => ({ id, cert_number, grader, grade })),
})

/** Ids of the copies that a line's metadata names. */
export function notedCopyIds(metadata: Record<string, unknown> | null | undefined): string[] {
  const noted = metadata?.[NOTED_COPIES]
  if (!Array.isArray(noted)) {
    return []
  }
  return noted.flatMap((copy: unknown) =>
    typeof copy === "object" && copy !== null && "id" in copy && typeof copy.id === "string" ? [copy.id] : []
  )
}
