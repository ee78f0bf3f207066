import type { MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import {
  type FulfillmentHistory,
  readFulfillmentHistories,
} from "../../../modules/connectors/shopee/inbox/fulfillment-histories"
import { piecesOf } from "../../../modules/connectors/shopee/planner/plan-parcels"
import type { LineQuantity } from "../../../modules/connectors/shopee/types/plan"
import { type OrderActions, recordActionsOfOrders } from "../fulfillment-history"
import { createFulfillments, type FulfillmentBefore, readFulfillments } from "../fulfillment-record"
import { onlyHeld, type OrderHold, requireHolds } from "../order-hold"
import { type OrderToPack, readOrdersToPack } from "../order-to-pack"
import { type PackageToCreate, toFulfillment } from "../parcel-fulfillment"
import { joinMoved, type MovedStock, moveBack, type ParcelStock, takeStock } from "../parcel-stock"
import { ensureLevels } from "./ensure-inventory-levels"
import type { FulfillmentSetup } from "./ensure-fulfillment-setup"

/** What of an order is to be packed. */
export interface OrderPackages {
  orderId: string
  hold: OrderHold
  /** ISO 3166-1 alpha-2, lower case: where the parcels go. */
  countryCode: string
  packages: PackageToCreate[]
}

export interface CreateFulfillmentsInput {
  locationId: string
  /** Of `ensureFulfillmentSetupStep`, for the country of every order. */
  setups: Record<string, FulfillmentSetup>
  orders: OrderPackages[]
}

/** A parcel and the fulfillment that stands for it. */
export interface CreatedFulfillment {
  orderId: string
  packageNumber: string
  fulfillmentId: string
}

/** What was done to an order so far, so that it can be taken back. */
interface Packed {
  orderId: string
  hold: OrderHold
  created: string[]
  recorded: boolean
  moved: MovedStock | null
  linked: string[]
}

/** An order on its way into parcels. */
interface Packing {
  input: OrderPackages
  order: OrderToPack
  /** The fulfillments of its parcels, by package number. */
  packed: Map<string, string>
  /** Parcels that have no fulfillment yet. */
  fresh: PackageToCreate[]
  /** Fulfillments that an earlier run recorded and left unlinked, with what is in them. */
  resumed: { id: string; items: LineQuantity[] }[]
  done: Packed
}

const toLinks = ({ orderId, linked }: Pick<Packed, "orderId" | "linked">) =>
  linked.map((id) => ({
    [Modules.ORDER]: { order_id: orderId },
    [Modules.FULFILLMENT]: { fulfillment_id: id },
  }))

/** Fulfillments of an order that are recorded and not cancelled, by package number. */
const packedOf = (
  history: Map<string, FulfillmentHistory>,
  fulfillments: Map<string, FulfillmentBefore>
): Map<string, string> =>
  new Map(
    [...history].flatMap(([id, { canceled }]) => {
      const { packageNumber = null, canceledAt = null } = fulfillments.get(id) ?? {}
      return packageNumber === null || canceled || canceledAt ? [] : [[packageNumber, id] as const]
    })
  )

/** Looks at all orders at once. @throws MedusaError (not_allowed) for a cancelled one */
async function readPackings(container: MedusaContainer, orders: OrderPackages[]): Promise<Packing[]> {
  const ids = orders.map(({ orderId }) => orderId)
  const [known, histories] = await Promise.all([
    readOrdersToPack(container, ids),
    readFulfillmentHistories(container, ids),
  ])
  const fulfillments = await readFulfillments(
    container,
    [...histories.values()].flatMap((history) => [...history.keys()])
  )
  return orders.map((input): Packing => {
    const { orderId, hold, packages } = input
    const order = known.get(orderId)
    if (!order || order.status === "canceled") {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `Order ${orderId} is cancelled and can't be packed.`)
    }
    const history = histories.get(orderId) ?? new Map<string, FulfillmentHistory>()
    const packed = packedOf(history, fulfillments)
    return {
      input,
      order,
      packed,
      fresh: packages.filter(({ packageNumber, items }) => !packed.has(packageNumber) && items.length > 0),
      resumed: packages
        .flatMap(({ packageNumber }) => packed.get(packageNumber) ?? [])
        .filter((id) => !order.linked.includes(id))
        .map((id) => ({ id, items: history.get(id)?.packed ?? [] })),
      done: { orderId, hold, created: [], recorded: false, moved: null, linked: [] },
    }
  })
}

/** Creates the fulfillments of all fresh parcels, all of them or none. */
async function createFresh(
  container: MedusaContainer,
  packings: Packing[],
  { locationId, setups }: CreateFulfillmentsInput,
  eventGroupId: string | undefined
): Promise<void> {
  const parcels = packings.flatMap((packing) => packing.fresh.map((parcel) => ({ packing, parcel })))
  const ids = await createFulfillments(
    container,
    parcels.map(({ packing: { input, order }, parcel }) => {
      const setup = setups[input.countryCode]
      if (!setup) {
        throw new Error(`Parcels to ${input.countryCode} have no shipping option.`)
      }
      return toFulfillment(order, parcel, { locationId, shippingOptionId: setup.shippingOptionId })
    }),
    eventGroupId
  )
  for (const [index, { packing, parcel }] of parcels.entries()) {
    const id = ids[index] ?? ""
    packing.packed.set(parcel.packageNumber, id)
    packing.done.created.push(id)
  }
}

/** What an order is to say of its fresh parcels. */
const toActions = ({ input: { orderId }, fresh, packed }: Packing): OrderActions => ({
  orderId,
  actions: fresh.flatMap(({ packageNumber, items }) =>
    items.map((item) => ({
      ...item,
      action: ChangeActionType.FULFILL_ITEM,
      fulfillmentId: packed.get(packageNumber) ?? "",
    }))
  ),
})

/** What an order's parcels take from the stock; those that an earlier run left unlinked may have taken it. */
function toParcelStock({ order, fresh, resumed }: Packing, locationId: string): ParcelStock[] {
  const sumOf = (parcels: { items: LineQuantity[] }[], lineId: string) =>
    parcels.reduce((sum, { items }) => sum + piecesOf(items, lineId), 0)
  return [...order.lines.values()].flatMap(({ lineId, unfulfilled, stock }) => {
    const [freshPieces, resumedPieces] = [sumOf(fresh, lineId), sumOf(resumed, lineId)]
    return freshPieces + resumedPieces === 0
      ? []
      : stock.map(({ inventoryItemId, perPiece }) => ({
          lineId,
          inventoryItemId,
          locationId,
          fresh: freshPieces * perPiece,
          resumed: resumedPieces * perPiece,
          reservedAfter: (unfulfilled - freshPieces) * perPiece,
        }))
  })
}

/** The stock of all orders, under one lock. */
async function takeStockOfAll(
  container: MedusaContainer,
  packings: Packing[],
  locationId: string,
  eventGroupId: string | undefined
): Promise<void> {
  const taking = packings.map((packing) => toParcelStock(packing, locationId))
  await ensureLevels(
    container,
    locationId,
    taking.flat().map(({ inventoryItemId }) => inventoryItemId)
  )
  const holds = packings.map(({ input: { hold } }) => hold)
  const moved = await takeStock(container, taking, () => requireHolds(container, holds), eventGroupId)
  packings.forEach(({ done }, index) => (done.moved = moved[index] ?? null))
}

async function linkParcels(container: MedusaContainer, packings: Packing[]): Promise<void> {
  const linking = packings.map(({ input: { orderId }, done: { created }, resumed }) => ({
    orderId,
    linked: [...created, ...resumed.map(({ id }) => id)],
  }))
  const links = linking.flatMap(toLinks)
  if (links.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).create(links)
    packings.forEach(({ done }, index) => (done.linked = linking[index]?.linked ?? []))
  }
}

/** What another worker has taken over is left to it: it finishes what was recorded here. */
async function undo(container: MedusaContainer, done: Packed[]): Promise<void> {
  const recorded = done.filter((order) => order.recorded)
  const kept = await onlyHeld(container, recorded)
  const ours = done.filter((order) => !order.recorded || kept.includes(order))
  const links = ours.flatMap(toLinks)
  if (links.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).dismiss(links)
  }
  await moveBack(container, joinMoved(ours.flatMap(({ moved }) => moved ?? [])))
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  for (const order of ours) {
    if (order.recorded) {
      await container.resolve(Modules.ORDER).revertLastVersion(order.orderId)
    }
    for (const id of order.created) {
      // Medusa deletes only what was cancelled.
      await fulfillment.cancelFulfillment(id)
      await fulfillment.deleteFulfillment(id)
    }
  }
}

/**
 * Packs parcels of many orders: a fulfillment for each with Shopee's package number, recorded on its order as one version of it, its stock
 * and reservations consumed. All orders are packed, or none.
 *
 * Not `createOrderFulfillmentWorkflow` (docs/decisions/0009-fulfilment.md): it refuses lines of another shipping profile and mixes of
 * what is shipped and what isn't, takes one parcel, and killed halfway leaves stock that nobody can tell from consumed stock.
 *
 * The link to the order comes last and marks a parcel as done. A run that is killed before is finished by the next one: a parcel that
 * is recorded is not created again, and its stock is only taken as far as the reservation shows that it was not.
 *
 * @returns the fulfillments of all the parcels, also of those that were there. Compensation removes what this run made.
 * @throws OrderLostError when another worker has an order; MedusaError for a cancelled order, an unknown line, or more pieces than are left to pack
 */
export const createFulfillmentsStep = createStep(
  "create-shopee-fulfillments",
  async (input: CreateFulfillmentsInput, { container, eventGroupId }) => {
    const packings = await readPackings(container, input.orders)
    const done = packings.map((packing) => packing.done)
    try {
      await createFresh(container, packings, input, eventGroupId)
      const recorded = await recordActionsOfOrders(container, packings.map(toActions), eventGroupId)
      done.forEach((order) => (order.recorded = recorded.has(order.orderId)))
      failPoint("parcels-recorded")
      await takeStockOfAll(container, packings, input.locationId, eventGroupId)
      await linkParcels(container, packings)
    } catch (error) {
      await undo(container, done)
      throw error
    }
    const created = packings.flatMap(({ input: { orderId, packages }, packed }) =>
      packages.flatMap(({ packageNumber }): CreatedFulfillment[] => {
        const fulfillmentId = packed.get(packageNumber)
        return fulfillmentId === undefined ? [] : [{ orderId, packageNumber, fulfillmentId }]
      })
    )
    return new StepResponse(created, done)
  },
  async (done, { container }) => {
    if (done) {
      await undo(container, done)
    }
  }
)
