import type { CreateFulfillmentDTO, MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, ContainerRegistrationKeys, MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { SHOPEE_FULFILLMENT_PROVIDER_ID } from "../../../providers/shopee-fulfillment"
import {
  type FulfillmentHistory,
  type LineQuantity,
  readFulfillmentHistory,
  recordFulfillmentActions,
} from "../fulfillment-history"
import { readFulfillments } from "../fulfillment-record"
import { isHeld, type OrderHold, requireHold } from "../order-hold"
import { type OrderToPack, readOrderToPack } from "../order-to-pack"
import { type MovedStock, moveBack, type ParcelStock, takeStock } from "../parcel-stock"
import { ensureLevels } from "./ensure-inventory-levels"

/** A parcel with pieces of the order's lines; an order's lines that nobody ships (buyer fees) go with the first parcel. */
export interface PackageToCreate {
  packageNumber: string
  items: LineQuantity[]
}

export interface CreateFulfillmentsInput {
  orderId: string
  hold: OrderHold
  locationId: string
  /** Of `ensureFulfillmentSetupStep`. */
  shippingOptionId: string
  packages: PackageToCreate[]
}

/** A parcel and the fulfillment that stands for it. */
export interface CreatedFulfillment {
  packageNumber: string
  fulfillmentId: string
}

interface Packed {
  orderId: string
  hold: OrderHold
  created: string[]
  recorded: boolean
  moved: MovedStock | null
  linked: string[]
}

const toLinks = (orderId: string, fulfillmentIds: string[]) =>
  fulfillmentIds.map((id) => ({
    [Modules.ORDER]: { order_id: orderId },
    [Modules.FULFILLMENT]: { fulfillment_id: id },
  }))

const text = (value: unknown): string | null => (typeof value === "string" ? value : null)

const toAddress = (address: Record<string, unknown>): CreateFulfillmentDTO["delivery_address"] => ({
  first_name: text(address.first_name),
  last_name: text(address.last_name),
  phone: text(address.phone),
  address_1: text(address.address_1),
  address_2: text(address.address_2),
  city: text(address.city),
  country_code: text(address.country_code),
  province: text(address.province),
  postal_code: text(address.postal_code),
})

/** As Medusa keeps them: an item for every inventory item of a line, counted in pieces of stock. */
function toItems(order: OrderToPack, items: LineQuantity[]): CreateFulfillmentDTO["items"] {
  return items.flatMap(({ lineId, quantity }) => {
    const line = order.lines.get(lineId)
    if (!line) {
      throw new MedusaError(MedusaError.Types.INVALID_DATA, `The order has no line ${lineId} that could be packed.`)
    }
    const item = { line_item_id: lineId, title: line.title, sku: line.sku, barcode: line.barcode }
    return line.stock.length > 0
      ? line.stock.map(({ inventoryItemId, perPiece }) => ({
          ...item,
          inventory_item_id: inventoryItemId,
          quantity: quantity * perPiece,
        }))
      : [{ ...item, quantity }]
  })
}

const toFulfillment = (
  order: OrderToPack,
  parcel: PackageToCreate,
  { locationId, shippingOptionId }: CreateFulfillmentsInput
): CreateFulfillmentDTO => ({
  location_id: locationId,
  provider_id: SHOPEE_FULFILLMENT_PROVIDER_ID,
  shipping_option_id: shippingOptionId,
  data: { package_number: parcel.packageNumber },
  items: toItems(order, parcel.items),
  requires_shipping: parcel.items.some(({ lineId }) => order.lines.get(lineId)?.requiresShipping),
  delivery_address: toAddress(order.address),
  packed_at: new Date(),
  created_by: "shopee",
})

/** Fulfillments of the order that are recorded and not cancelled, by package number. */
async function readPacked(
  container: MedusaContainer,
  history: Map<string, FulfillmentHistory>
): Promise<Map<string, string>> {
  const fulfillments = await readFulfillments(container, [...history.keys()])
  return new Map(
    [...fulfillments.values()]
      .filter(({ id, canceledAt }) => !canceledAt && !history.get(id)?.canceled)
      .flatMap(({ id, packageNumber }) => (packageNumber === null ? [] : [[packageNumber, id] as const]))
  )
}

/** What the parcels take from the stock; those that an earlier run left unlinked may have taken it. */
function toParcelStock(
  order: OrderToPack,
  locationId: string,
  fresh: LineQuantity[],
  resumed: LineQuantity[]
): ParcelStock[] {
  const sumOf = (rows: LineQuantity[], lineId: string) =>
    rows.reduce((sum, row) => sum + (row.lineId === lineId ? row.quantity : 0), 0)
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

/** What another worker has taken over is left to it: it finishes what was recorded here. */
async function undo(container: MedusaContainer, done: Packed): Promise<void> {
  if (done.recorded && !(await isHeld(container, done.hold))) {
    return
  }
  if (done.linked.length > 0) {
    await container.resolve(ContainerRegistrationKeys.LINK).dismiss(toLinks(done.orderId, done.linked))
  }
  if (done.moved) {
    await moveBack(container, done.moved)
  }
  if (done.recorded) {
    await container.resolve(Modules.ORDER).revertLastVersion(done.orderId)
  }
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  for (const id of done.created) {
    // Medusa deletes only what was cancelled.
    await fulfillment.cancelFulfillment(id)
    await fulfillment.deleteFulfillment(id)
  }
}

/**
 * Packs parcels: a fulfillment for each with Shopee's package number, recorded on the order as one version of it, its stock and
 * reservations consumed.
 *
 * Not `createOrderFulfillmentWorkflow` (docs/decisions/0009-fulfilment.md): it refuses lines of another shipping profile and mixes of
 * what is shipped and what isn't, takes one parcel, and killed halfway leaves stock that nobody can tell from consumed stock.
 *
 * The link to the order comes last and marks a parcel as done. A run that is killed before is finished by the next one: a parcel that
 * is recorded is not created again, and its stock is only taken as far as the reservation shows that it was not.
 *
 * @returns the fulfillments of all the parcels, also of those that were there. Compensation removes what this run made.
 * @throws OrderLostError when another worker has the order; MedusaError for a cancelled order, an unknown line, or more pieces than are left to pack
 */
export const createFulfillmentsStep = createStep(
  "create-shopee-fulfillments",
  async (input: CreateFulfillmentsInput, { container }) => {
    const { orderId, hold, locationId, packages } = input
    const order = await readOrderToPack(container, orderId)
    if (order.status === "canceled") {
      throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `Order ${orderId} is cancelled and can't be packed.`)
    }
    const history = await readFulfillmentHistory(container, orderId)
    const packed = await readPacked(container, history)
    const fresh = packages.filter(({ packageNumber, items }) => !packed.has(packageNumber) && items.length > 0)
    const resumed = packages
      .flatMap(({ packageNumber }) => packed.get(packageNumber) ?? [])
      .filter((id) => !order.linked.includes(id))
    const done: Packed = { orderId, hold, created: [], recorded: false, moved: null, linked: [] }
    try {
      const actions = []
      for (const parcel of fresh) {
        const { id } = await container
          .resolve(Modules.FULFILLMENT)
          .createFulfillment(toFulfillment(order, parcel, input))
        done.created.push(id)
        packed.set(parcel.packageNumber, id)
        actions.push(
          ...parcel.items.map((item) => ({ ...item, action: ChangeActionType.FULFILL_ITEM, fulfillmentId: id }))
        )
      }
      done.recorded = await recordFulfillmentActions(container, orderId, actions)
      failPoint("parcels-recorded")
      const taking = toParcelStock(
        order,
        locationId,
        fresh.flatMap(({ items }) => items),
        resumed.flatMap((id) => history.get(id)?.packed ?? [])
      )
      await ensureLevels(
        container,
        locationId,
        taking.map(({ inventoryItemId }) => inventoryItemId)
      )
      done.moved = await takeStock(container, taking, () => requireHold(container, hold))
      const unlinked = [...done.created, ...resumed]
      if (unlinked.length > 0) {
        await container.resolve(ContainerRegistrationKeys.LINK).create(toLinks(orderId, unlinked))
        done.linked = unlinked
      }
    } catch (error) {
      await undo(container, done)
      throw error
    }
    const created = packages.flatMap(({ packageNumber }): CreatedFulfillment[] => {
      const fulfillmentId = packed.get(packageNumber)
      return fulfillmentId === undefined ? [] : [{ packageNumber, fulfillmentId }]
    })
    return new StepResponse(created, done)
  },
  async (done, { container }) => {
    if (done) {
      await undo(container, done)
    }
  }
)
