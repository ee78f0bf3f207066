import fc from "fast-check"
import { shopeeItem, shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import type { NormalizedOrder } from "../../types/normalized-order"

export const ORDERSN = "260301ABCDEF08"
/** What lines and shipping of the order cost: 2 × 20.00 + 25.00 + 35.00 + 1.50. */
export const LIST_TOTAL = "101.50"

/** Two lines have the same ids, as a promotion's pieces and the others do: a parcel can't tell them apart. */
const LINES = [
  { item_id: 71, model_id: 81, order_item_id: 71, model_quantity_purchased: 2, model_discounted_price: 20 },
  { item_id: 72, model_id: 82, order_item_id: 72, model_quantity_purchased: 1, model_discounted_price: 25 },
  { item_id: 72, model_id: 82, order_item_id: 72, model_quantity_purchased: 1, model_discounted_price: 35 },
]
const ITEMS = LINES.map(shopeeItem)

const pieces = (item: number, model_quantity: number) => ({
  item_id: 70 + item,
  model_id: 80 + item,
  order_item_id: 70 + item,
  model_quantity,
})

/** How the order is put into parcels: what each holds. */
const LAYOUTS = {
  none: [],
  one: [[pieces(1, 2), pieces(2, 2)]],
  withoutItems: [[]],
  two: [
    [pieces(1, 1), pieces(2, 1)],
    [pieces(1, 1), pieces(2, 1)],
  ],
  three: [[pieces(1, 2)], [pieces(2, 1)], [pieces(2, 1)]],
  incomplete: [[pieces(1, 1)], [pieces(2, 1)]],
}

export const packageNumber = (index: number): string => `OFG90000000000${index + 1}`

/** One order's life at Shopee. */
export interface History {
  statuses: string[]
  cod: boolean
  /** What the buyer pays; Shopee tells it once the order is placed for good. */
  total: number
  layout: keyof typeof LAYOUTS
  /** Shopee lists the parcels only once they have left. */
  listedLate: boolean
  /** The first parcel is a step ahead of the others, and so of the order's status. */
  firstAhead: boolean
  /** Pieces that are cancelled one by one while nothing has left, from a reading on; what the buyer pays falls with them. */
  cancelled: { from: number; item: number; pieces: number }[]
}

/** Any pieces of one or two lines, as long as not every piece of the order is cancelled. */
const cancelledPieces: fc.Arbitrary<History["cancelled"]> = fc
  .array(fc.record({ from: fc.nat({ max: 10 }), item: fc.nat({ max: 2 }), pieces: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 2,
  })
  .filter((all) => new Set(all.map(({ item }) => item)).size === all.length)

const detour = (...detours: string[][]): fc.Arbitrary<string[]> => fc.constantFrom(...detours)

/** Made in the sequence of Shopee's own transitions; a cancellation can come at any time before the end. */
export const history: fc.Arbitrary<History> = fc
  .record({
    cod: fc.boolean(),
    total: fc.constantFrom(101.5, 90.07, 0, 120.33, 0.01),
    layout: fc.constantFrom(...(Object.keys(LAYOUTS) as (keyof typeof LAYOUTS)[])),
    listedLate: fc.boolean(),
    firstAhead: fc.boolean(),
    isPending: fc.boolean(),
    unpackedDetour: detour([], ["IN_CANCEL", "READY_TO_SHIP"], ["NEXT_YEARS_STATUS"], ["IN_CANCEL"]),
    packedDetour: detour(
      [],
      ["RETRY_SHIP"],
      ["RETRY_SHIP", "PROCESSED"],
      ["IN_CANCEL", "PROCESSED"],
      ["IN_CANCEL", "READY_TO_SHIP", "PROCESSED"],
      ["IN_CANCEL", "READY_TO_SHIP", "NEXT_YEARS_STATUS", "PROCESSED"]
    ),
    shippedDetour: detour([], ["NEXT_YEARS_STATUS"], ["TO_CONFIRM_RECEIVE"], ["TO_CONFIRM_RECEIVE", "TO_RETURN"]),
    cancelled: fc.oneof(fc.constant<History["cancelled"]>([]), cancelledPieces),
    cancelAfter: fc.option(fc.nat({ max: 14 }), { nil: null }),
    isCancelAsked: fc.boolean(),
  })
  // Cash on delivery of nothing is no order; an unpaid total of 0 means that there is none yet (product paper §6.2).
  .filter(({ cod, total }) => !cod || total > 0)
  // What the courier has can't become unpacked again.
  .filter(({ firstAhead, packedDetour }) => !firstAhead || !packedDetour.includes("READY_TO_SHIP"))
  // What the courier has can't be cancelled any more, and what costs next to nothing can't become cheaper.
  .map((life) => ({ ...life, cancelled: life.firstAhead || life.total === 0.01 ? [] : life.cancelled }))
  .map(({ isPending, unpackedDetour, packedDetour, shippedDetour, cancelAfter, isCancelAsked, ...order }) => {
    const placed = ["UNPAID", ...(isPending ? ["PENDING"] : []), "READY_TO_SHIP", ...unpackedDetour]
    const underWay = [...placed, "PROCESSED", ...packedDetour, "SHIPPED", ...shippedDetour]
    const cancelled = underWay.slice(0, (cancelAfter ?? 0) + 1)
    const cancellation = isCancelAsked ? ["IN_CANCEL", "CANCELLED"] : ["CANCELLED"]
    return { ...order, statuses: cancelAfter === null ? [...underWay, "COMPLETED"] : [...cancelled, ...cancellation] }
  })

const LOGISTICS: Record<string, [string, ahead: string]> = {
  PROCESSED: ["LOGISTICS_REQUEST_CREATED", "LOGISTICS_PICKUP_DONE"],
  RETRY_SHIP: ["LOGISTICS_PICKUP_RETRY", "LOGISTICS_PICKUP_DONE"],
  SHIPPED: ["LOGISTICS_PICKUP_DONE", "LOGISTICS_DELIVERY_DONE"],
  TO_CONFIRM_RECEIVE: ["LOGISTICS_DELIVERY_DONE", "LOGISTICS_DELIVERY_DONE"],
  TO_RETURN: ["LOGISTICS_DELIVERY_DONE", "LOGISTICS_DELIVERY_DONE"],
  COMPLETED: ["LOGISTICS_DELIVERY_DONE", "LOGISTICS_DELIVERY_DONE"],
}

/** An order that is cancelled on its way: what has left could not be delivered, or was before. */
const CANCELLED_AFTER_LEAVING: Record<string, string> = {
  LOGISTICS_PICKUP_DONE: "LOGISTICS_DELIVERY_FAILED",
  LOGISTICS_DELIVERY_DONE: "LOGISTICS_DELIVERY_DONE",
}

const HAS_LEFT = ["SHIPPED", "TO_CONFIRM_RECEIVE", "TO_RETURN", "COMPLETED"]

export const hasLeft = (status: string): boolean => HAS_LEFT.includes(status)

/** Whether one of the parcels has left by then, by what Shopee says of the order or of the parcel itself. */
export function someParcelHasLeft({ statuses, layout, listedLate, firstAhead }: History, index: number): boolean {
  const status = statuses[index] ?? ""
  const isAhead = ["PROCESSED", "RETRY_SHIP"].includes(status) && firstAhead && layout !== "none" && !listedLate
  return hasLeft(status) || isAhead
}

/** Pieces of each line that are cancelled by then; the parcels still list them. */
export function cancelledBy({ statuses, cancelled }: History, index: number): number[] {
  const leaves = statuses.findIndex(hasLeft)
  const last = leaves < 0 ? index : Math.min(index, leaves - 1)
  return LINES.map((item, position) =>
    cancelled
      .filter((each) => each.item === position && each.from <= last)
      .reduce((all, { pieces }) => Math.min(all + pieces, item.model_quantity_purchased), 0)
  )
}

/** Pieces of each line that the order is about by then, by the line's id in the model. */
export function keptPieces(life: History, index: number): Record<string, number> {
  const lost = cancelledBy(life, index)
  const kept = ["line:71:71:81:0", "line:72:72:82:0", "line:72:72:82:1"].map(
    (lineId, position) => [lineId, (LINES[position]?.model_quantity_purchased ?? 0) - (lost[position] ?? 0)] as const
  )
  return Object.fromEntries(kept.filter(([, pieces]) => pieces > 0))
}

/** What is left of the goods and shipping, in cents. */
export function keptCents(life: History, index: number): number {
  const lost = cancelledBy(life, index)
  const cents = [2000, 2500, 3500]
  return 10_150 - lost.reduce((sum, pieces, position) => sum + pieces * (cents[position] ?? 0), 0)
}

// Normalising takes most of a property's time, and there are few different ways to list the parcels.
const known = new Map<string, NormalizedOrder>()

function withParcels({ layout, firstAhead }: History, logistics: [string, ahead: string]): NormalizedOrder {
  const key = JSON.stringify([layout, firstAhead, logistics])
  const [usual, ahead] = logistics
  const package_list = LAYOUTS[layout].map((item_list, position) =>
    shopeePackage({
      package_number: packageNumber(position),
      logistics_status: firstAhead && position === 0 ? ahead : usual,
      item_list,
    })
  )
  const order =
    known.get(key) ??
    normalizeShopeeOrder(
      shopeeOrder({ order_sn: ORDERSN, estimated_shipping_fee: 1.5, item_list: ITEMS, package_list })
    )
  known.set(key, order)
  return order
}

/** How far the parcels are; those of a cancelled order are where they were before, if they had left. */
function logisticsOf({ statuses }: History, index: number): [string, ahead: string] {
  const ready: [string, string] = ["LOGISTICS_READY", "LOGISTICS_READY"]
  if (statuses[index] !== "CANCELLED") {
    return LOGISTICS[statuses[index] ?? ""] ?? ready
  }
  const before = statuses
    .slice(0, index)
    .filter((status) => LOGISTICS[status] !== undefined)
    .at(-1)
  const [usual, ahead] = LOGISTICS[before ?? ""] ?? ready
  const end = (status: string) => CANCELLED_AFTER_LEAVING[status] ?? "LOGISTICS_REQUEST_CANCELED"
  return [end(usual), end(ahead)]
}

/** What Shopee says of the order at one point of its life. */
export function readingOf(life: History, index: number): NormalizedOrder {
  const { statuses, cod, total, listedLate } = life
  const status = statuses[index] ?? ""
  const isPlaced = statuses.slice(0, index + 1).some((each) => each === "PENDING" || each === "READY_TO_SHIP")
  const isPaid = isPlaced && (!cod || status === "COMPLETED")
  const isListed = isPlaced && (!listedLate || statuses.slice(0, index + 1).some(hasLeft))
  const order = withParcels(life, logisticsOf(life, index))
  const lost = cancelledBy(life, index)
  return {
    ...order,
    line_items: order.line_items.map((line, position) => ({
      ...line,
      cancelled_quantity: status === "CANCELLED" ? line.quantity : (lost[position] ?? 0),
      active_quantity: status === "CANCELLED" ? 0 : line.quantity - (lost[position] ?? 0),
    })),
    shopee_status: status,
    cod,
    total_amount: isPlaced ? Math.floor((total * 100 * keptCents(life, index)) / 10_150 + 1e-6) / 100 : null,
    paid_at: isPaid ? new Date(1_772_329_900_000) : null,
    packages: isListed ? order.packages : [],
    updated_at: new Date((1_772_330_000 + index) * 1000),
  }
}

/** What is heard of an order: any of its readings, any number of times, in any sequence, some cut short by a crash. */
export interface Hearing {
  life: History
  heard: { index: number; partsUntilCrash: number }[]
  /** Parcels whose tracking number is known by the end, from push 4. */
  tracked: boolean[]
}

export const hearing: fc.Arbitrary<Hearing> = history.chain((life) =>
  fc.record({
    life: fc.constant(life),
    heard: fc.array(
      fc.record({
        index: fc.nat({ max: life.statuses.length - 1 }),
        partsUntilCrash: fc.option(fc.nat({ max: 24 }), { nil: Number.POSITIVE_INFINITY }),
      }),
      { minLength: 1, maxLength: 10 }
    ),
    tracked: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  })
)
