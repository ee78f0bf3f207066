import { z } from "@medusajs/framework/zod"

/**
 * Field schemas for Shopee's JSON, which drifts: numbers arrive as text, lists as objects, absent values as null, "", "-" or
 * not at all (Open Platform samples and live captures). An optional field never makes an order fail; it reads as null.
 */

const DECIMAL = /^[+-]?\d+(\.\d+)?$/
const MAX_EPOCH_SECONDS = 8_640_000_000_000

/** "" , blanks and the "-" that Shopee's samples print for an absent text. */
export const isBlank = (text: string): boolean => {
  const trimmed = text.trim()
  return trimmed === "" || trimmed === "-"
}

const readText = (value: unknown): string | null => {
  if (typeof value === "number" && Number.isFinite(value)) {
    return String(value)
  }
  return typeof value === "string" && !isBlank(value) ? value : null
}

const readAmount = (value: unknown): number | null => {
  const amount = typeof value === "string" && DECIMAL.test(value.trim()) ? Number(value) : value
  // `+ 0` turns the literal -0 of live escrow answers into 0.
  return typeof amount === "number" && Number.isFinite(amount) ? amount + 0 : null
}

const readQuantity = (value: unknown): number | null => {
  const quantity = readAmount(value)
  return quantity !== null && Number.isInteger(quantity) && quantity >= 0 && quantity <= 0x7fffffff ? quantity : null
}

const readId = (value: unknown): number | string | null => {
  if (typeof value === "number") {
    return Number.isInteger(value) && value >= 0 ? value : null
  }
  return typeof value === "string" && /^\d{1,20}$/.test(value.trim()) ? value.trim() : null
}

const readTime = (value: unknown): Date | null => {
  const seconds = readAmount(value)
  return seconds !== null && seconds > 0 && seconds <= MAX_EPOCH_SECONDS ? new Date(seconds * 1000) : null
}

const readFlag = (value: unknown): boolean => value === true || value === 1 || value === "true" || value === "1"

/** Object keys without surrounding blanks: old answers hold keys such as `"actual_shipping_fee "`. Only this level. */
export const trimKeys = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value
  }
  // The untrimmed key comes first, so that a clean one wins when both are there.
  const entries = Object.entries(value).sort(([a], [b]) => Number(a === a.trim()) - Number(b === b.trim()))
  return Object.fromEntries(entries.map(([key, entry]) => [key.trim(), entry]))
}

/** Text as sent, null when absent or blank. Numbers become text. */
export const text = () => z.unknown().transform(readText)

/** Amount in major units, null when absent or not a number. Negative amounts and numeric text are accepted. */
export const amount = () => z.unknown().transform(readAmount)

/** Whole number of pieces, null when absent, negative or not whole. */
export const quantity = () => z.unknown().transform(readQuantity)

/** Shopee id as its JSON number, or as digits when it came as text; null when absent. */
export const shopeeId = () => z.unknown().transform(readId)

/** Seconds since 1970 as a Date; null when absent or 0. */
export const time = () => z.unknown().transform(readTime)

/** true for true, 1 and their texts; false for anything else. */
export const flag = () => z.unknown().transform(readFlag)

/** A list of objects; null, "" and anything else that is no list read as empty. Entries that are no objects are left out. */
export const listOf = <Entry extends z.ZodType>(entry: Entry) =>
  z.preprocess(
    (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : []),
    z.array(entry)
  )

/** The value of a required field: fails when the reading above found nothing. */
export const present = <Value>(schema: z.ZodType<Value | null>) =>
  schema.transform((value, context): Value => {
    if (value === null) {
      context.issues.push({ code: "custom", message: "missing", input: value })
      return z.NEVER
    }
    return value
  })
