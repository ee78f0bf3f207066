import fc from "fast-check"
import { isFinalReturn } from "../../normalizers/return"
import type { NormalizedOrder } from "../../types/normalized-order"
import type { KnownReturn, ReturnGoods } from "../../types/normalized-return"
import { type Hearing, hasLeft, hearing, type History, keptPieces, ORDERSN, readingOf } from "./order-histories"

/** What Shopee says of a return, one after the other: its status, and where its goods are. */
const WAYS = {
  received: [
    ["REQUESTED", "awaited"],
    ["ACCEPTED", "awaited"],
    ["ACCEPTED", "returned"],
    ["REFUND_PAID", "returned"],
  ],
  paidFirst: [
    ["REQUESTED", "awaited"],
    ["REFUND_PAID", "awaited"],
    ["REFUND_PAID", "returned"],
  ],
  takenBack: [
    ["REQUESTED", "awaited"],
    ["CANCELLED", "awaited"],
  ],
  moneyOnly: [
    ["REQUESTED", "none"],
    ["JUDGING", "none"],
    ["REFUND_PAID", "none"],
  ],
  refused: [
    ["REQUESTED", "awaited"],
    ["JUDGING", "awaited"],
    ["CLOSED", "awaited"],
  ],
  lost: [
    ["ACCEPTED", "awaited"],
    ["ACCEPTED", "lost"],
    ["REFUND_PAID", "lost"],
  ],
  closedWithGoods: [
    ["ACCEPTED", "awaited"],
    ["ACCEPTED", "returned"],
    ["CLOSED", "returned"],
  ],
  atWarehouse: [
    ["ACCEPTED", "at_warehouse"],
    ["REFUND_PAID", "at_warehouse"],
  ],
} satisfies Record<string, [status: string, goods: ReturnGoods][]>

/** One return of the order. */
export interface ReturnLife {
  way: keyof typeof WAYS
  /** Readings after the first that says that goods have left. */
  after: number
  /** 71, of which there are two pieces in one line, or 72: two lines of one. */
  item: 71 | 72
  pieces: number
  refund: string
}

/** An order's life with its returns: a completed order goes on being read while they do. */
export interface ReturnedHearing extends Hearing {
  returns: ReturnLife[]
}

const returnLife: fc.Arbitrary<ReturnLife> = fc.record({
  way: fc.constantFrom(...(Object.keys(WAYS) as (keyof typeof WAYS)[])),
  after: fc.nat({ max: 5 }),
  item: fc.constantFrom<71 | 72>(71, 72),
  pieces: fc.integer({ min: 1, max: 2 }),
  refund: fc.constantFrom("20", "3.33", "0", "75.5", "200"),
})

const leavesAt = ({ statuses }: History): number => statuses.findIndex(hasLeft)

/** Pieces of an item that the order is about: no return is of more. */
function piecesOf(life: History, item: number): number {
  return Object.entries(keptPieces(life, life.statuses.length - 1))
    .filter(([lineId]) => lineId.startsWith(`line:${item}:`))
    .reduce((all, [, pieces]) => all + pieces, 0)
}

/** From when on a return holds its pieces, and until when: those that don't come back after all can be returned again. */
function holding({ statuses }: History, { way, after, item, pieces }: ReturnLife) {
  const from = statuses.findIndex(hasLeft) + after
  const isOff = way === "takenBack" || way === "refused"
  return { item, pieces, from, until: isOff ? from + WAYS[way].length - 1 : Number.POSITIVE_INFINITY }
}

/** Shopee takes no return of pieces that are in another one. */
function possible(life: History, returns: ReturnLife[]): ReturnLife[] {
  const taken: ReturnLife[] = []
  for (const each of [...returns].sort((a, b) => a.after - b.after)) {
    const { item, from } = holding(life, each)
    const held = taken
      .map((other) => holding(life, other))
      .filter((other) => other.item === item && other.from <= from && from <= other.until)
      .reduce((all, { pieces }) => all + pieces, 0)
    const pieces = Math.min(each.pieces, piecesOf(life, item) - held)
    if (pieces > 0) {
      taken.push({ ...each, pieces })
    }
  }
  return taken
}

/** Only orders of which something has left have returns. */
export const returnedHearing: fc.Arbitrary<ReturnedHearing> = hearing
  .filter(({ life }) => leavesAt(life) >= 0)
  .chain(({ life, tracked }) => {
    const isCompleted = life.statuses.at(-1) === "COMPLETED"
    return fc
      .record({ returns: fc.array(returnLife, { minLength: 1, maxLength: 3 }), later: fc.nat({ max: 6 }) })
      .chain(({ returns, later }) => {
        const longer = { ...life, statuses: [...life.statuses, ...Array(isCompleted ? later : 0).fill("COMPLETED")] }
        return fc.record({
          life: fc.constant(longer),
          tracked: fc.constant(tracked),
          returns: fc.constant(possible(longer, returns)),
          heard: fc.array(
            fc.record({
              index: fc.nat({ max: longer.statuses.length - 1 }),
              partsUntilCrash: fc.option(fc.nat({ max: 24 }), { nil: Number.POSITIVE_INFINITY }),
            }),
            { minLength: 1, maxLength: 10 }
          ),
        })
      })
  })

const timeOf = (index: number): Date => new Date((1_772_330_000 + index) * 1000)

/** What Shopee says of the order at one point: once it is completed, returns go on without it. */
export function orderAt(life: History, index: number): NormalizedOrder {
  const completed = life.statuses.indexOf("COMPLETED")
  return readingOf(life, completed < 0 ? index : Math.min(index, completed))
}

/** What Shopee says of the returns at that point. */
export function returnsAt({ life, returns }: Pick<ReturnedHearing, "life" | "returns">, index: number): KnownReturn[] {
  return returns.flatMap((each, position): KnownReturn[] => {
    const begins = leavesAt(life) + each.after
    const way = WAYS[each.way]
    const at = Math.min(index - begins, way.length - 1)
    const state = way[at]
    if (at < 0 || !state) {
      return []
    }
    const [status, goods] = state
    return [
      {
        return_sn: `R${position}`,
        ordersn: ORDERSN,
        status,
        reason: null,
        refund_amount: each.refund,
        currency: "SGD",
        goods,
        after_completion: false,
        disputed: status === "JUDGING",
        due_at: null,
        logistics_status: null,
        tracking_number: null,
        items: [{ item_id: String(each.item), model_id: String(each.item + 10), quantity: each.pieces, sku: null }],
        requested_at: timeOf(begins),
        updated_at: timeOf(begins + at),
        refund_paid_at: status === "REFUND_PAID" ? timeOf(begins + at) : null,
        fetched_at: timeOf(index),
        final: isFinalReturn({ status, goods }),
      },
    ]
  })
}
