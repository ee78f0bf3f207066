/**
 * Whether a text is masked: Shopee replaces personal data by asterisks, wholly (`****`) or in part (`M******g`, `******01`), until the
 * app is cleared to see it. One asterisk is enough to count: taking a clear text for masked costs an update, the opposite
 * overwrites an address.
 */
export const isMasked = (text: string): boolean => text.includes("*")

const isClear = (value: unknown): boolean => typeof value === "string" && value.trim() !== "" && !isMasked(value)

/**
 * What is known after hearing `incoming`: field by field the incoming value, except that a masked one never takes the place of
 * a clear one. Neither argument is changed.
 */
export const mergeUnmasked = <Fields extends object>(
  clear: Partial<Fields> | null | undefined,
  incoming: Fields
): Fields => {
  const merged = { ...incoming }
  for (const field of fieldsOf(incoming)) {
    const value = incoming[field]
    const known = clear?.[field]
    if (known !== undefined && typeof value === "string" && isMasked(value) && isClear(known)) {
      merged[field] = known
    }
  }
  return merged
}

const fieldsOf = <Fields extends object>(fields: Fields): (keyof Fields)[] =>
  Object.keys(fields).filter((key): key is string & keyof Fields => key in fields)
