import type { LineSpec, MoveOptions, OrderChange, OrderSpec, PushFault } from "../sandbox/control-client"
import { findBySku, LATE_CARD } from "./catalogue"
import { BUYERS } from "./buyers"

/** What happens to an order some seconds after it was placed. */
export type StoryStep = { after: number } & (
  | { move: string; options?: MoveOptions; push?: PushFault }
  | { change: OrderChange; push?: PushFault }
  /** Somebody without the key sends a push that says the order has this status. */
  | { forge: string }
)

/** One order of the day: how it is placed, what becomes of it, and what happens to its pushes. */
export interface Story {
  /** Seconds into the day. */
  at: number
  /** Said in the terminal when the order is placed. Ordinary orders go without. */
  title?: string
  order: OrderSpec
  /** What happens to the push that announces the order. */
  push?: PushFault
  then?: StoryStep[]
}

/** When the operator, once told, enters the card that was sold before it was in Medusa, in seconds into the day. */
export const LATE_CARD_AT = 27

/** The alerts of the day, by class. */
export const EXPECTED_ALERTS: Readonly<Record<string, number>> = {
  oversold: 1,
  // One exception while it is open, however many pushes were not authentic.
  signature_mismatch: 1,
  sku_not_found: 2,
}

/** The SKUs of which more is sold than there is. */
export const OVERSOLD_SKUS: readonly string[] = ["SKF-120-S-NM"]

const lost: PushFault = { endpoint: "push", kind: "drop", times: 1 }
const reordered: PushFault = { endpoint: "push", kind: "reorder", times: 1 }
const tampered: PushFault = { endpoint: "push", kind: "tamper", times: 1 }
const repeated = (copies: number): PushFault => ({ endpoint: "push", kind: "duplicate", copies, times: 1 })

const paid = (after: number): StoryStep => ({ after, move: "READY_TO_SHIP" })
const cancelled = (after: number, options: MoveOptions): StoryStep => ({ after, move: "CANCELLED", options })

const packed = (after: number, options: MoveOptions = {}): StoryStep => ({ after, move: "PROCESSED", options })
const shipped = (after: number): StoryStep => ({ after, move: "SHIPPED" })
const arrived = (after: number): StoryStep[] => [
  { after, move: "TO_CONFIRM_RECEIVE" },
  { after: after + 3, move: "COMPLETED" },
]

function line(sku: string, quantity = 1, more: Partial<LineSpec> = {}): LineSpec {
  const { card, variant } = findBySku(sku)
  return { sku, name: card.title, model_name: variant.title, price: variant.price, quantity, ...more }
}

/** An order of buyer number `buyer`: unpaid, with 1.99 of shipping, unless `more` says otherwise. */
function order(buyer: number, lines: LineSpec[], more: Partial<OrderSpec> = {}): OrderSpec {
  const known = BUYERS[buyer % BUYERS.length]
  if (!known) {
    throw new Error("The demo has no buyers.")
  }
  return {
    buyer: { user_id: known.userId, username: known.username },
    recipient: known.recipient,
    lines,
    shipping_fee: 1.99,
    ...more,
  }
}

const ready = (buyer: number, lines: LineSpec[], more: Partial<OrderSpec> = {}): OrderSpec =>
  order(buyer, lines, { status: "READY_TO_SHIP", ...more })

/** Orders of every day: first heard of when they are paid. */
const ORDINARY: Story[] = [
  {
    at: 0.5,
    title: "packed, shipped, delivered and completed before the day is over",
    order: ready(0, [line("SKF-014-H-NM")]),
    then: [packed(6), shipped(13), ...arrived(20)],
  },
  {
    at: 1.5,
    title: "sent in two parcels",
    order: ready(1, [line("SKF-052-NM", 4), line("SKF-009-NM", 10)]),
    then: [packed(10, { packages: 2 }), shipped(18)],
  },
  {
    at: 4,
    order: ready(2, [line("SEAL-SKF-PACK", 6)], { shipping_fee: 0, shopee_voucher: 2 }),
    then: [packed(8), shipped(16), ...arrived(24)],
  },
  { at: 6.5, order: ready(3, [line("SKF-033-F-NM")], { seller_voucher: 4.2 }), then: [packed(9)] },
  {
    at: 9,
    title: "packed, then cancelled before it is handed over",
    order: ready(4, [line("SKF-066-HJ-LP", 2)]),
    then: [packed(7), cancelled(14, { cancel_by: "buyer", cancel_reason: "Changed my mind" })],
  },
  { at: 11.5, order: ready(5, [line("PRM-007-NM")], { buyer_fee: 0.5 }) },
  { at: 14, order: ready(6, [line("SEAL-SKF-BOX")], { shipping_fee: 3.49, coins: 5.55 }) },
  { at: 17, order: ready(7, [line("SKF-101-R-NM", 3)]) },
  { at: 20.5, order: ready(8, [line("SKF-014-H-LP"), line("ACC-SLEEVE-60", 2, { no_variation: true })]) },
  { at: 24, order: ready(9, [line("SKF-052-LP", 5)], { message: "Please pack in a top loader, thank you" }) },
  { at: 29, order: ready(10, [line("SLAB-SKF-014-10")], { shipping_fee: 0 }) },
  { at: 33, order: ready(11, [line("SKF-009-NM", 24)]) },
  { at: 36.5, order: ready(12, [line("SEAL-SKF-PACK", 12), line("SEAL-SKF-BOX")], { seller_voucher: 10 }) },
  { at: 38, order: ready(13, [line("SKF-066-HJ-NM")]) },
]

/** Orders whose vouchers, coins and fees come to light when they are paid. */
const PAID_LATER: Story[] = [
  { at: 1, order: order(14, [line("SKF-014-H-NM", 2)], { seller_voucher: 5 }), then: [paid(4)] },
  {
    at: 3,
    title: "unpaid at first; a voucher, coins and a fee come to light with the payment",
    order: order(15, [line("SKF-033-F-LP", 3)], { shopee_voucher: 7.77, coins: 1.23, buyer_fee: 0.6 }),
    then: [paid(5)],
  },
  { at: 7, order: order(16, [line("PRM-007-NM", 2)], { coins: 0.07 }), then: [paid(3)] },
  { at: 12, order: order(17, [line("SEAL-SKF-PACK", 3)], { buyer_fee: 1.1 }), then: [paid(6)] },
  { at: 19, order: order(18, [line("SKF-101-R-NM")], { shopee_voucher: 8.74 }), then: [paid(3)] },
  { at: 26, order: order(19, [line("SKF-052-NM"), line("SKF-066-HJ-NM")]), then: [paid(4)] },
  { at: 31, order: order(20, [line("SKF-033-F-NM", 2)], { seller_voucher: 3, coins: 3 }), then: [paid(5)] },
]

const UNPAID: Story[] = [
  { at: 8, order: order(21, [line("SKF-066-HJ-NM", 2)]) },
  { at: 22, order: order(22, [line("SEAL-SKF-BOX")], { shipping_fee: 3.49 }) },
  { at: 37, order: order(23, [line("SKF-009-NM", 8)]) },
]

const CASH_ON_DELIVERY: Story[] = [
  {
    at: 2.5,
    title: "cash on delivery: nothing is captured yet",
    order: order(24, [line("SKF-014-H-LP")], { cod: true }),
  },
  { at: 16, order: order(25, [line("SEAL-SKF-PACK", 10)], { cod: true, seller_voucher: 2.5 }) },
  { at: 34, order: order(26, [line("ACC-SLEEVE-60", 1, { no_variation: true })], { cod: true }) },
]

const CANCELLED: Story[] = [
  {
    at: 5,
    title: "never paid, so Shopee cancels it",
    order: order(27, [line("SKF-052-NM", 12)]),
    then: [cancelled(9, { cancel_by: "system", cancel_reason: "UNPAID_ORDER" })],
  },
  { at: 13, order: order(28, [line("SKF-101-R-NM", 2)]), then: [cancelled(8, { cancel_by: "buyer" })] },
  {
    at: 10,
    title: "paid, then cancelled by the buyer before it is sent",
    order: ready(29, [line("SKF-033-F-NM"), line("SKF-009-NM", 4)], { seller_voucher: 2 }),
    then: [cancelled(8, { cancel_by: "buyer", cancel_reason: "CHANGE_OF_MIND" })],
  },
  {
    at: 21,
    order: order(30, [line("SEAL-SKF-PACK", 5)], { coins: 1.5 }),
    then: [paid(4), cancelled(9, { cancel_by: "seller", cancel_reason: "OUT_OF_STOCK" })],
  },
  { at: 28, order: order(31, [line("PRM-007-NM")], { cod: true }), then: [cancelled(6, { cancel_by: "buyer" })] },
  {
    at: 23,
    title: "its first push is lost; Medusa first hears of it as cancelled",
    order: ready(32, [line("SKF-066-HJ-NM")]),
    push: lost,
    then: [cancelled(5, { cancel_by: "buyer" })],
  },
]

const UNUSUAL: Story[] = [
  {
    at: 6,
    title: "a bundle deal, whose lines Shopee prices at 0.00",
    order: ready(33, [
      line("SKF-014-H-NM", 1, { bundle: true, price: 22.4, original_price: 24.9 }),
      line("SKF-066-HJ-NM", 1, { bundle: true, price: 14.04, original_price: 15.6 }),
    ]),
  },
  {
    at: 15,
    title: "an item without variations, and a cheaper add-on",
    order: ready(34, [
      line("SEAL-SKF-BOX", 1, { original_price: 229 }),
      line("ACC-SLEEVE-60", 1, { no_variation: true, add_on: true, price: 4.9, original_price: 7.5 }),
    ]),
  },
  {
    at: 18,
    title: "five lines in one order",
    order: ready(
      35,
      [
        line("SKF-014-H-LP"),
        line("SKF-052-LP", 2),
        line("SKF-009-NM", 7),
        line("SKF-101-R-NM", 3),
        line("SEAL-SKF-PACK", 4),
      ],
      { seller_voucher: 6.67, coins: 0.33 }
    ),
  },
  { at: 25, title: "a masked recipient: **** everywhere", order: ready(36, [line("SKF-014-H-NM")], { masked: true }) },
  { at: 35, order: ready(37, [line("SKF-033-F-LP")], { masked: "partial" }) },
  { at: 30, title: "a second order of a buyer whom Medusa knows", order: ready(0, [line("SEAL-SKF-PACK", 2)]) },
]

const TROUBLED_PUSHES: Story[] = [
  {
    at: 3.5,
    title: "its push arrives five times at once",
    order: ready(38, [line("SKF-052-NM", 2)]),
    push: repeated(4),
  },
  {
    at: 13.5,
    order: order(39, [line("SKF-066-HJ-LP")], { shopee_voucher: 1 }),
    push: repeated(2),
    then: [{ after: 3, move: "READY_TO_SHIP", push: repeated(3) }],
  },
  {
    at: 11,
    title: "its pushes arrive in the wrong order: paid before placed",
    order: order(40, [line("SKF-033-F-NM")], { coins: 2 }),
    push: reordered,
    then: [paid(0.2)],
  },
  {
    at: 32,
    order: order(41, [line("SKF-101-R-NM", 2)]),
    push: reordered,
    then: [{ after: 0.2, move: "CANCELLED", options: { cancel_by: "system", cancel_reason: "UNPAID_ORDER" } }],
  },
  {
    at: 20,
    title: "its first push is lost for good; the next one brings it",
    order: order(42, [line("SLAB-SKF-014-10")], { shipping_fee: 0, seller_voucher: 15 }),
    push: lost,
    then: [paid(5)],
  },
  {
    at: 8.5,
    title: "the push of its payment is lost; Medusa knows it unpaid, then cancelled",
    order: order(49, [line("PRM-007-NM", 2)], { seller_voucher: 1.5, buyer_fee: 0.4 }),
    then: [
      { after: 3, move: "READY_TO_SHIP", push: lost },
      { after: 6, move: "CANCELLED", options: { cancel_by: "buyer" } },
    ],
  },
  {
    at: 17.5,
    title: "its push is changed on its way; nothing in it is believed",
    order: order(43, [line("SKF-014-H-NM", 3)]),
    push: tampered,
    then: [paid(4)],
  },
  {
    at: 27.5,
    title: "somebody without the key says that it was cancelled",
    order: ready(44, [line("SEAL-SKF-PACK", 8)]),
    then: [{ after: 3, forge: "CANCELLED" }],
  },
]

const TROUBLED_STOCK: Story[] = [
  { at: 4.5, order: ready(45, [line("SKF-120-S-NM")], { shipping_fee: 0 }) },
  {
    at: 9.5,
    title: "the single secret rare is sold a second time",
    order: ready(46, [line("SKF-120-S-NM"), line("SKF-009-NM", 2)], { shipping_fee: 0 }),
  },
  {
    at: 12.5,
    title: `${LATE_CARD.title} isn't in Medusa yet: the order waits`,
    order: ready(47, [line("SKF-099-A-NM")]),
  },
  { at: 18.5, order: order(48, [line("SKF-099-A-NM"), line("SKF-052-NM", 3)], { coins: 0.2 }), then: [paid(4)] },
]

/** The day: every order in the sequence in which they are placed. */
export const STORIES: readonly Story[] = [
  ...ORDINARY,
  ...PAID_LATER,
  ...UNPAID,
  ...CASH_ON_DELIVERY,
  ...CANCELLED,
  ...UNUSUAL,
  ...TROUBLED_PUSHES,
  ...TROUBLED_STOCK,
].sort((a, b) => a.at - b.at)
