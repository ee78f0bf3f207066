import type { MedusaContainer, OrderChangeDTO } from "@medusajs/framework/types"
import { ChangeActionType, ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SHOPEE_CONNECTOR_MODULE } from "../../modules/connectors/shopee"
import type ShopeeConnectorService from "../../modules/connectors/shopee/service"
import { RETURN_SN_KEY } from "../../modules/connectors/shopee/types/return-record"
import type { LineQuantity } from "./fulfillment-history"

/** Who made a change: what somebody received by hand, Medusa put into stock itself. */
export const BY_SHOPEE = "shopee"

const sumByLine = (pieces: LineQuantity[]): Map<string, number> =>
  pieces.reduce(
    (all, { lineId, quantity }) => all.set(lineId, (all.get(lineId) ?? 0) + quantity),
    new Map<string, number>()
  )

/** Pieces by line that came back with returns of an order: with this one through us, and with others whoever received them. */
export async function readReceived(
  container: MedusaContainer,
  orderId: string,
  returnId: string
): Promise<{ byUs: LineQuantity[]; before: Map<string, number> }> {
  // Medusa answers `created_by`, only its type leaves it out.
  const changes: (OrderChangeDTO & { created_by?: string | null })[] = await container
    .resolve(Modules.ORDER)
    .listOrderChanges({ order_id: orderId, status: "confirmed" }, { relations: ["actions"] })
  const byUs: LineQuantity[] = []
  const others: LineQuantity[] = []
  for (const change of changes) {
    for (const { action, details } of change.actions) {
      if (action !== ChangeActionType.RECEIVE_RETURN_ITEM) {
        continue
      }
      const pieces = { lineId: String(details?.reference_id), quantity: Number(details?.quantity) }
      const isOurs = change.return_id === returnId && change.created_by === BY_SHOPEE
      ;(isOurs ? byUs : others).push(pieces)
    }
  }
  return {
    byUs: [...sumByLine(byUs)].map(([lineId, quantity]) => ({ lineId, quantity })),
    before: sumByLine(others),
  }
}

/** Numbers of Shopee's returns of an order that a return of Medusa's stands for; cancelled ones are left out. */
export async function readRequestedReturns(container: MedusaContainer, orderId: string): Promise<Set<string>> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "return",
    fields: ["status", "items.metadata"],
    filters: { order_id: orderId },
  })
  const returns: { status: string; items?: ({ metadata?: Record<string, unknown> | null } | null)[] | null }[] = data
  return new Set(
    returns.flatMap(({ status, items }) => {
      const returnSn = items?.[0]?.metadata?.[RETURN_SN_KEY]
      return status === "canceled" || typeof returnSn !== "string" ? [] : [returnSn]
    })
  )
}

/** Notes with Shopee's return which of Medusa's stands for it, so that Admin finds the one from the other. */
export async function noteMedusaReturn(
  container: MedusaContainer,
  { shopId, returnSn, returnId }: { shopId: string; returnSn: string; returnId: string | null }
): Promise<void> {
  await container
    .resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    .updateShopeeReturns({ selector: { shop_id: shopId, return_sn: returnSn }, data: { medusa_return_id: returnId } })
}
