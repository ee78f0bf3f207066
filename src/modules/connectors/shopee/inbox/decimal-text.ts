import { MathBN } from "@medusajs/framework/utils"

/** An amount or a quantity as Medusa's queries answer it. */
export type Decimal = string | number | { numeric?: number; value?: string } | null | undefined

/** Medusa answers amounts as numbers, texts or BigNumber objects, depending on the field. */
export function decimalText(amount: Decimal): string {
  if (amount === null || amount === undefined) {
    return "0"
  }
  const plain = typeof amount === "object" ? (amount.value ?? amount.numeric ?? 0) : amount
  return MathBN.convert(plain).toFixed()
}
