import type {
  LineQuantity,
  MedusaOrderView,
  OrderTarget,
  PackageToFulfil,
  PackageTarget,
  PlanStep,
  ShipmentToMark,
} from "../types/plan"

/** What a parcel takes of the lines that are not packed yet; the lines' rest is lowered by it. */
function take(current: MedusaOrderView, parcel: PackageTarget, rest: Map<string, number>): PackageToFulfil["items"] {
  return parcel.items.flatMap(({ key, quantity }) => {
    const line = current.lines.find((candidate) => candidate.key === key)
    const available = line ? (rest.get(line.lineId) ?? 0) : 0
    const taken = Math.min(quantity, available)
    if (!line || taken <= 0) {
      return []
    }
    rest.set(line.lineId, available - taken)
    return { lineId: line.lineId, quantity: taken }
  })
}

/**
 * Lines of no Shopee item (buyer fees, what somebody added) go with the first parcel that holds goods, or the first one if none does: an
 * order is fulfilled when all its lines are, and a parcel whose pieces were all cancelled never leaves.
 */
function takeOthers(
  current: MedusaOrderView,
  target: OrderTarget,
  rest: Map<string, number>
): PackageToFulfil["items"] {
  const keys = new Set(target.packages.flatMap(({ items }) => items.map(({ key }) => key)))
  return current.lines.flatMap(({ lineId, key }) => {
    const quantity = rest.get(lineId) ?? 0
    if (quantity <= 0 || (key !== null && keys.has(key))) {
      return []
    }
    rest.set(lineId, 0)
    return { lineId, quantity }
  })
}

function packing(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const rest = new Map(current.lines.map((line) => [line.lineId, line.quantity - line.fulfilled]))
  const packed = new Set(current.fulfillments.map(({ packageNumber }) => packageNumber))
  const packages = target.packages
    .filter(({ stage, packageNumber }) => stage !== "open" && !packed.has(packageNumber))
    .map((parcel) => ({ packageNumber: parcel.packageNumber, items: take(current, parcel, rest) }))
  const first = packages.find(({ items }) => items.length > 0) ?? packages[0]
  first?.items.push(...takeOthers(current, target, rest))
  const toFulfil = packages.filter(({ items }) => items.length > 0)
  return toFulfil.length > 0 ? [{ kind: "fulfil", packages: toFulfil }] : []
}

/** Pieces of a line among what something holds. */
export const piecesOf = (items: readonly LineQuantity[], lineId: string): number =>
  items.reduce((pieces, item) => (item.lineId === lineId ? pieces + item.quantity : pieces), 0)

/** What every parcel that has not left would hold, were all of them packed now. By package number. */
function contentsNow(current: MedusaOrderView, target: OrderTarget): Map<string, LineQuantity[]> {
  const gone = new Set(current.fulfillments.flatMap(({ shipped, packageNumber }) => (shipped ? packageNumber : [])))
  const inReach = current.fulfillments
    .filter(({ shipped, packageNumber }) => !shipped && packageNumber !== null)
    .flatMap(({ items }) => items)
  const wanted = new Map<string | null, number>(target.lines.map(({ key, quantity }) => [key, quantity]))
  const rest = new Map(
    current.lines.map(({ lineId, key, quantity, fulfilled }) => [
      lineId,
      (wanted.get(key) ?? quantity) - fulfilled + piecesOf(inReach, lineId),
    ])
  )
  return new Map(
    target.packages
      .filter(({ stage, packageNumber }) => stage !== "open" && !gone.has(packageNumber))
      .map((parcel) => [parcel.packageNumber, take(current, parcel, rest)])
  )
}

/**
 * Fulfillments that would never move: of parcels that Shopee took back, put together anew or filled otherwise, and those whose unpacking
 * was cut short. What somebody packed by hand has no parcel and is left alone.
 */
export function unpacking(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const contents = contentsNow(current, target)
  const keys = new Set<string | null>(target.lines.map(({ key }) => key))
  const ofShopee = current.lines.filter(({ key }) => keys.has(key))
  const fulfillmentIds = current.fulfillments
    .filter(({ shipped, packageNumber }) => !shipped && packageNumber !== null)
    .filter(({ packageNumber, items }) => {
      const expected = contents.get(packageNumber ?? "")
      return (
        expected === undefined ||
        items.length === 0 ||
        ofShopee.some(({ lineId }) => piecesOf(items, lineId) !== piecesOf(expected, lineId))
      )
    })
    .map(({ id }) => id)
  return target.packages.length > 0 && fulfillmentIds.length > 0 ? [{ kind: "unpack", fulfillmentIds }] : []
}

/**
 * Fulfillments that are already there, each with the parcel it stands for. One that left under a number that Shopee does not list any
 * more has arrived when everything has.
 */
function moving(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const parcels = new Map<string | null, PackageTarget>(target.packages.map((parcel) => [parcel.packageNumber, parcel]))
  const isAllDelivered = target.packages.length > 0 && target.packages.every(({ stage }) => stage === "delivered")
  const shipments: ShipmentToMark[] = []
  const tracked: ShipmentToMark[] = []
  const delivered: string[] = []
  for (const fulfillment of current.fulfillments.filter(({ packageNumber }) => packageNumber !== null)) {
    const parcel = parcels.get(fulfillment.packageNumber)
    const stage = parcel?.stage ?? (isAllDelivered ? "delivered" : "open")
    if (stage === "open" || stage === "packed") {
      continue
    }
    const { trackingNumber, carrier } = parcel ?? { trackingNumber: null, carrier: null }
    if (!fulfillment.shipped) {
      shipments.push({ fulfillmentId: fulfillment.id, trackingNumber, carrier })
    } else if (trackingNumber !== null && trackingNumber !== fulfillment.trackingNumber) {
      tracked.push({ fulfillmentId: fulfillment.id, trackingNumber, carrier })
    }
    if (stage === "delivered" && fulfillment.shipped && !fulfillment.delivered) {
      delivered.push(fulfillment.id)
    }
  }
  const steps: PlanStep[] = []
  if (shipments.length > 0) {
    steps.push({ kind: "ship", shipments })
  }
  if (tracked.length > 0) {
    steps.push({ kind: "track", shipments: tracked })
  }
  if (delivered.length > 0) {
    steps.push({ kind: "deliver", fulfillmentIds: delivered })
  }
  return steps
}

/** What is left to do for the parcels that are to be packed, or have left; none is unpacked. */
export function forwards(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  return [...packing(current, target), ...moving(current, target)]
}

/** Fulfillments that have not left under a number that Shopee does not list any more: its pieces are in other parcels. */
export function superseded(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const listed = new Set<string | null>(target.packages.map(({ packageNumber }) => packageNumber))
  const fulfillmentIds = current.fulfillments
    .filter(({ shipped, packageNumber }) => !shipped && packageNumber !== null && !listed.has(packageNumber))
    .map(({ id }) => id)
  return fulfillmentIds.length > 0 ? [{ kind: "unpack", fulfillmentIds }] : []
}

/** Tracking numbers that were told after everything else was done. */
export function lateTracking(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  return moving(current, target).filter(({ kind }) => kind === "track")
}

/** Finishes parcels that a run recorded on the order and died before it linked them: nothing is packed that was not. */
export function linking({ unlinkedPackages }: MedusaOrderView): PlanStep[] {
  return unlinkedPackages.length > 0
    ? [{ kind: "fulfil", packages: unlinkedPackages.map((packageNumber) => ({ packageNumber, items: [] })) }]
    : []
}

/**
 * What nobody can put right but a person: pieces that were cancelled after they had left, and pieces that are in no parcel although every
 * parcel has left.
 */
export function mismatches(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const steps: PlanStep[] = []
  if (target.lines.some(({ outOfReach }) => outOfReach > 0)) {
    steps.push({ kind: "report", problem: "pieces_cancelled_after_shipping" })
  }
  const keys = new Set<string | null>(target.lines.map(({ key }) => key))
  const haveAllLeft =
    target.packages.length > 0 && target.packages.every(({ stage }) => stage === "shipped" || stage === "delivered")
  if (haveAllLeft && current.lines.some(({ key, quantity, fulfilled }) => keys.has(key) && fulfilled < quantity)) {
    steps.push({ kind: "report", problem: "parcel_mismatch" })
  }
  return steps
}

/**
 * What is left to do with the parcels, as far as it can be done now: a parcel is packed in one plan, shipped in the next and
 * delivered in the one after, each made from what Medusa then has. What must not be packed any more is unpacked before. An order
 * whose parcels are all delivered is completed last.
 */
export function parcels(current: MedusaOrderView, target: OrderTarget): PlanStep[] {
  const unpack = unpacking(current, target)
  const steps = unpack.length > 0 ? unpack : forwards(current, target)
  if (steps.length > 0) {
    return steps
  }
  return [...(target.completed ? [{ kind: "complete" } as const] : []), ...mismatches(current, target)]
}
