import { MathBN } from "@medusajs/framework/utils"
import type { OrderPrice } from "../types/order-price"

/** One line to price. */
export interface PriceableLine {
  /** Names the line within its order. */
  key: string
  /** Of one unit as it was sold, in major units (bundle lines already at their original price: product §6.2). Absent or below 0 counts as 0. */
  unit_price: number | string | null
  /** Pieces in one unit; more than 1 for packs and boxes. Default 1. */
  pieces_per_unit?: number
  /** Pieces, a whole number; 0 for a line that was cancelled. */
  quantity: number
}

/** A Shopee order's amounts, in major units. */
export interface PriceableOrder {
  ordersn: string
  lines: readonly PriceableLine[]
  /** Absent, below 0 or no number counts as 0. */
  estimated_shipping_fee: number | string | null
  /** What the buyer pays; Shopee has it once the order is paid. */
  total_amount: number | string | null
  /** Whether Shopee must know the total by now: false while UNPAID, and for cash on delivery until it is paid. */
  paid: boolean
}

/** A paid order whose total is absent, negative or not a number. It is held: nobody can say what was paid. */
export class UnpriceableOrderError extends Error {
  override readonly name = "UnpriceableOrderError"

  constructor(readonly ordersn: string) {
    super(
      `Shopee order ${ordersn} is paid, but its \`total_amount\` is missing, negative or not a number. ` +
        "Check what the buyer paid in Shopee Seller Centre, then retry the order."
    )
  }
}

/** One line, its amounts in minor units. */
interface LineAmount {
  line: PriceableLine
  /** Of one piece. */
  unitPrice: bigint
  total: bigint
  /** What the pieces at their price come to above the total. */
  packRounding: bigint
}

const MAX_DECIMAL_DIGITS = 4
const ROUND_HALF_UP = 4

/**
 * Prices an order so that Medusa's total is Shopee's to the minor unit (product §6.2). What lines and shipping exceed the total by
 * is a discount, spread over the lines by their totals (largest remainder, ties by key, so the same order always gets the same
 * shares whatever the lines' sequence); what falls short of it is the buyer fee. An unpaid order without a total is lines plus
 * shipping.
 *
 * Unit prices are rounded half up to the minor unit first, so that Medusa's own unit price × quantity gives the same totals. A pack's
 * price is rarely a multiple of its pieces: a piece's is rounded up, and what that makes too much is taken off the line again.
 *
 * @param decimalDigits decimal digits of the order's currency: 2 for SGD, 0 for VND
 * @throws UnpriceableOrderError when the order is paid and its total is absent, negative or not a number
 * @throws RangeError when `decimalDigits` or a quantity is no whole number in range: a fault of the caller
 */
export const priceOrder = (order: PriceableOrder, decimalDigits: number): OrderPrice => {
  if (!Number.isInteger(decimalDigits) || decimalDigits < 0 || decimalDigits > MAX_DECIMAL_DIGITS) {
    throw new RangeError(`A currency has 0 to ${MAX_DECIMAL_DIGITS} decimal digits, not ${decimalDigits}.`)
  }
  const lines = order.lines.map((line) => toLineAmount(line, decimalDigits))
  const shipping = toMinorUnits(order.estimated_shipping_fee, decimalDigits) ?? 0n
  const linesTotal = lines.reduce((sum, { total }) => sum + total, 0n)
  const total = readTotal(order, decimalDigits) ?? linesTotal + shipping

  const remainder = total - linesTotal - shipping
  const discount = remainder < 0n ? -remainder : 0n
  const lineDiscount = discount < linesTotal ? discount : linesTotal
  const shares = spread(lineDiscount, lines)

  const text = (minorUnits: bigint) => toDecimalText(minorUnits, decimalDigits)
  return {
    lines: lines.map(({ line, unitPrice, total: lineTotal, packRounding }, index) => ({
      key: line.key,
      unit_price: text(unitPrice),
      quantity: line.quantity,
      total: text(lineTotal),
      adjustment: text(shares[index] ?? 0n),
      pack_rounding: text(packRounding),
    })),
    shipping: text(shipping),
    shipping_adjustment: text(discount - lineDiscount),
    buyer_fee: text(remainder > 0n ? remainder : 0n),
    total: text(total),
  }
}

const toLineAmount = (line: PriceableLine, decimalDigits: number): LineAmount => {
  if (!Number.isSafeInteger(line.quantity) || line.quantity < 0) {
    throw new RangeError(`Line ${line.key} has a quantity of ${line.quantity}.`)
  }
  const { pieces_per_unit: piecesPerUnit = 1 } = line
  if (!Number.isSafeInteger(piecesPerUnit) || piecesPerUnit < 1) {
    throw new RangeError(`A unit of line ${line.key} has ${piecesPerUnit} pieces.`)
  }
  const priceOfUnit = toMinorUnits(line.unit_price, decimalDigits) ?? 0n
  const [pieces, perUnit] = [BigInt(line.quantity), BigInt(piecesPerUnit)]
  const unitPrice = (priceOfUnit + perUnit - 1n) / perUnit
  const total = (priceOfUnit * pieces) / perUnit
  return { line, unitPrice, total, packRounding: unitPrice * pieces - total }
}

/**
 * null = take lines plus shipping. An unpaid order's total of 0 is Shopee's way to say "none yet": it is no order for nothing.
 */
const readTotal = (order: PriceableOrder, decimalDigits: number): bigint | null => {
  const total = toMinorUnits(order.total_amount, decimalDigits)
  if (order.paid) {
    if (total === null) {
      throw new UnpriceableOrderError(order.ordersn)
    }
    return total
  }
  return total === 0n ? null : total
}

/** null = absent, below 0 or not a number. */
const toMinorUnits = (amount: number | string | null, decimalDigits: number): bigint | null => {
  if (amount === null || (typeof amount === "string" && amount.trim() === "")) {
    return null
  }
  const decimal = MathBN.convert(amount)
  if (!decimal.isFinite() || decimal.isLessThan(0)) {
    return null
  }
  return BigInt(decimal.shiftedBy(decimalDigits).integerValue(ROUND_HALF_UP).toFixed(0))
}

const toDecimalText = (minorUnits: bigint, decimalDigits: number): string => {
  const digits = minorUnits.toString().padStart(decimalDigits + 1, "0")
  const point = digits.length - decimalDigits
  return decimalDigits === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
}

/**
 * Each line's share of a discount that is at most the lines' total. No share exceeds its line: where a share is rounded up, the
 * exact share was below the line's total already.
 */
const spread = (discount: bigint, lines: readonly LineAmount[]): bigint[] => {
  const linesTotal = lines.reduce((sum, { total }) => sum + total, 0n)
  if (discount === 0n || linesTotal === 0n) {
    return lines.map(() => 0n)
  }
  const shares = lines.map(({ total }) => (discount * total) / linesTotal)
  const missing = discount - shares.reduce((sum, share) => sum + share, 0n)
  const byRemainder = lines
    .map(({ line, total }, index) => ({ index, key: line.key, remainder: (discount * total) % linesTotal }))
    .sort((a, b) => compare(b.remainder, a.remainder) || compare(a.key, b.key) || a.index - b.index)
  for (const { index } of byRemainder.slice(0, Number(missing))) {
    shares[index] = (shares[index] ?? 0n) + 1n
  }
  return shares
}

const compare = <Value extends bigint | string>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0)
