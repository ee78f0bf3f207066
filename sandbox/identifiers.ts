const ORDER_SN_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
const HEX = "0123456789abcdef"
const DIGITS = "0123456789"
/** Shopee's order numbers begin with the date in the shop's own time zone; Singapore is UTC+8 all year. */
const SHOP_TIME_ZONE_OFFSET_MS = 8 * 3600 * 1000

/** Makes the numbers and names Shopee would hand out. The same seed gives the same sequence. */
export class Identifiers {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A new order number: six digits of date and eight upper-case letters and digits. */
  orderSn(nowMs: number): string {
    const day = new Date(nowMs + SHOP_TIME_ZONE_OFFSET_MS).toISOString().slice(2, 10).replaceAll("-", "")
    return day + this.text(ORDER_SN_ALPHABET, 8)
  }

  returnSn(nowMs: number): string {
    return this.orderSn(nowMs) + this.text(DIGITS, 1)
  }

  packageNumber(): string {
    return `OFG2${this.text(DIGITS, 14)}`
  }

  trackingNumber(): string {
    return `SPXSG0${this.text(DIGITS, 10)}`
  }

  /** A fulfilment order id: above 2^53, which is why Shopee writes it as a string. */
  forderId(): string {
    return `58${this.text(DIGITS, 17)}`
  }

  /** 32 hexadecimal digits, the form of request_id and msg_id. */
  hex32(): string {
    return this.text(HEX, 32)
  }

  /** A whole number with exactly `digits` digits (at most 15, so that it survives JSON). */
  number(digits: number): number {
    return Number(this.text("123456789", 1) + this.text(DIGITS, digits - 1))
  }

  private text(alphabet: string, length: number): string {
    let text = ""
    for (let i = 0; i < length; i++) text += alphabet.charAt(Math.floor(this.random() * alphabet.length))
    return text
  }

  /** mulberry32: small, seedable, and good enough to keep names apart. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = this.state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
