import { FlushMode } from "@medusajs/framework/mikro-orm/core"
import type {
  CreateFulfillmentDTO,
  FulfillmentLabelDTO,
  MedusaContainer,
  UpdateFulfillmentDTO,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { inOneTransaction } from "./one-transaction"
import { isHeld, type OrderHold } from "./order-hold"

/** A fulfillment with what steps change of it. */
export interface FulfillmentBefore {
  id: string
  locationId: string
  packageNumber: string | null
  fields: Record<string, unknown>
  labels: FulfillmentLabelDTO[]
  shippedAt: Date | null
  deliveredAt: Date | null
  canceledAt: Date | null
  items: { lineId: string; inventoryItemId: string | null; quantity: number }[]
}

/** Fulfillments by their ids; unknown ids are left out. */
export async function readFulfillments(
  container: MedusaContainer,
  ids: string[]
): Promise<Map<string, FulfillmentBefore>> {
  if (ids.length === 0) {
    return new Map()
  }
  const fulfillments = await container
    .resolve(Modules.FULFILLMENT)
    .listFulfillments({ id: ids }, { relations: ["labels", "items"] })
  return new Map(
    fulfillments.map((fulfillment) => [
      fulfillment.id,
      {
        id: fulfillment.id,
        locationId: fulfillment.location_id,
        packageNumber: typeof fulfillment.data?.package_number === "string" ? fulfillment.data.package_number : null,
        fields: fulfillment.data ?? {},
        labels: fulfillment.labels,
        shippedAt: fulfillment.shipped_at,
        deliveredAt: fulfillment.delivered_at,
        canceledAt: fulfillment.canceled_at,
        items: fulfillment.items.map((item) => ({
          lineId: item.line_item_id ?? "",
          inventoryItemId: item.inventory_item_id,
          quantity: Number(item.quantity),
        })),
      },
    ])
  )
}

/** Label and provider's data of a parcel on its way. Labels are replaced as a whole: a parcel has one tracking number. */
export function toParcelFields(
  { fields, labels }: FulfillmentBefore,
  { trackingNumber, carrier }: { trackingNumber: string | null; carrier: string | null }
): Pick<UpdateFulfillmentDTO, "data" | "labels"> {
  return {
    data: { ...fields, ...(carrier === null ? {} : { carrier }) },
    // Shopee tells no address to follow a parcel or to print a label at, and Medusa wants both.
    labels:
      trackingNumber === null
        ? labels.map(({ id }) => ({ id }))
        : [{ tracking_number: trackingNumber, tracking_url: "", label_url: "" }],
  }
}

/** Medusa's module takes `canceled_at`, only its type leaves it out. */
const withCancellation = (
  fields: UpdateFulfillmentDTO,
  canceledAt: Date | null
): UpdateFulfillmentDTO & { canceled_at: Date | null } => ({ ...fields, canceled_at: canceledAt })

/**
 * Changes many fulfillments, all of them or none. Medusa's module takes one at a time.
 *
 * @param eventGroupId of the workflow whose step this is
 * @throws what the first one threw that failed
 */
export async function updateFulfillments(
  container: MedusaContainer,
  rows: (UpdateFulfillmentDTO & { id: string })[],
  eventGroupId?: string
): Promise<void> {
  if (rows.length === 0) {
    return
  }
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  await inOneTransaction(container, Modules.FULFILLMENT, { eventGroupId }, async (context) => {
    for (const { id, ...fields } of rows) {
      await fulfillment.updateFulfillment(id, fields, context)
    }
  })
}

/**
 * Creates many fulfillments, all of them or none. Medusa's module takes one at a time.
 *
 * @param eventGroupId of the workflow whose step this is
 * @returns their ids, in the sequence of the input
 */
export async function createFulfillments(
  container: MedusaContainer,
  rows: CreateFulfillmentDTO[],
  eventGroupId?: string
): Promise<string[]> {
  const ids: string[] = []
  if (rows.length > 0) {
    const fulfillment = container.resolve(Modules.FULFILLMENT)
    // The module reads what it has just created.
    await inOneTransaction(container, Modules.FULFILLMENT, { eventGroupId, flush: FlushMode.AUTO }, async (context) => {
      for (const row of rows) {
        ids.push((await fulfillment.createFulfillment(row, context)).id)
      }
    })
  }
  return ids
}

/** Brings fulfillments back to what they were. */
export async function putBack(container: MedusaContainer, before: FulfillmentBefore[]): Promise<void> {
  const fulfillment = container.resolve(Modules.FULFILLMENT)
  for (const { id, fields, labels, shippedAt, deliveredAt, canceledAt } of before) {
    const kept = labels.map(({ tracking_number, tracking_url, label_url }) => ({
      tracking_number,
      tracking_url,
      label_url,
    }))
    await fulfillment.updateFulfillment(
      id,
      withCancellation({ data: fields, labels: kept, shipped_at: shippedAt, delivered_at: deliveredAt }, canceledAt)
    )
  }
}

/** What a step has done to parcels of an order so far, so that it can be taken back. */
export interface ParcelChange {
  orderId: string
  hold: OrderHold
  /** The order has a new version for it. */
  recorded: boolean
  before: FulfillmentBefore[]
}

/**
 * Takes a change of parcels back: first the fulfillments, then the order's version. What another worker has taken over is left to it: the
 * last version of the order may be its own.
 */
export async function takeBack(
  container: MedusaContainer,
  { orderId, hold, recorded, before }: ParcelChange
): Promise<void> {
  if (!(await isHeld(container, hold))) {
    return
  }
  await putBack(container, before)
  if (recorded) {
    await container.resolve(Modules.ORDER).revertLastVersion(orderId)
  }
}

/** Takes changes of the parcels of several orders back. */
export async function takeBackAll(container: MedusaContainer, changes: ParcelChange[]): Promise<void> {
  for (const change of changes) {
    await takeBack(container, change)
  }
}
