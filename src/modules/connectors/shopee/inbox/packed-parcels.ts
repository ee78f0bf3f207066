import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { LineQuantity } from "../types/plan"
import { readFulfillmentHistories } from "./fulfillment-histories"

/** What is packed of an order. */
export interface PackedParcels {
  /** By fulfillment id; a fulfillment that the order's record knows as cancelled holds nothing. */
  contents: ReadonlyMap<string, LineQuantity[]>
  /** Numbers of parcels that are recorded on the order and not linked to it. */
  unlinked: string[]
}

/**
 * What orders that have something packed hold in their parcels, from the orders' own records. A run that died before it linked a
 * fulfillment leaves one that only the record knows.
 *
 * @param linkedIds by order id, the fulfillments that Medusa shows with it
 * @returns by order id
 */
export async function readPackedParcels(
  container: MedusaContainer,
  linkedIds: ReadonlyMap<string, readonly string[]>
): Promise<Map<string, PackedParcels>> {
  const histories = await readFulfillmentHistories(container, [...linkedIds.keys()])
  const missing = [...histories].flatMap(([orderId, history]) =>
    [...history].flatMap(([id, { canceled }]) => (canceled || linkedIds.get(orderId)?.includes(id) ? [] : id))
  )
  const fulfillments =
    missing.length === 0
      ? []
      : await container
          .resolve(Modules.FULFILLMENT)
          .listFulfillments({ id: missing }, { select: ["id", "data", "canceled_at"] })
  const numbers = new Map(
    fulfillments.flatMap(({ id, data, canceled_at }) => {
      const number = data?.package_number
      return typeof number === "string" && number !== "" && !canceled_at ? [[id, number] as const] : []
    })
  )
  return new Map(
    [...histories].map(([orderId, history]) => [
      orderId,
      {
        contents: new Map([...history].map(([id, { packed, canceled }]) => [id, canceled ? [] : packed])),
        unlinked: [...history.keys()].flatMap((id) => numbers.get(id) ?? []),
      },
    ])
  )
}
