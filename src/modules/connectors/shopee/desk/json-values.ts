import { MathBN } from "@medusajs/framework/utils"
import type { Amount, Timestamp } from "../types/desk"

/** A time as the Admin's API answers it. Medusa's modules hand some out as text. */
export const timestamp = (time: Date | string): Timestamp => new Date(time).toISOString()

/** As `timestamp`, null staying null. */
export const timestampOrNull = (time: Date | string | null | undefined): Timestamp | null =>
  time ? timestamp(time) : null

/** An amount as the Admin's API answers it: Medusa has it as number, text or BigNumber object, depending on the field. */
export function decimal(
  amount: string | number | { numeric?: number; value?: string | number } | null | undefined
): Amount {
  if (amount === null || amount === undefined) {
    return "0"
  }
  const plain = typeof amount === "object" ? (amount.value ?? amount.numeric ?? 0) : amount
  return MathBN.convert(plain).toFixed()
}
