import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { ShopeeNotConfiguredError } from "../config"
import type ShopeeConnectorService from "../service"
import { PushCode, RawEventSource } from "../types/enums"
import type { IncomingEvent } from "../types/inbox"
import { restartAttempts } from "../sql/restart-attempts"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { findingIdentity } from "../webhook/event-identity"
import { wakeInbox } from "./drain"

/** Orders of one statement: large enough to be quick, small enough not to keep others waiting. */
const ORDERS_A_STATEMENT = 500

/** Which order. */
export interface OrderKey {
  shopId: string
  ordersn: string
}

/** A new run of an operator's: its findings mark orders due whatever was found before (product paper §6.3). */
export const newRetryRun = (): string => generateEntityId(undefined, "retry")

const toFinding = (runId: string, { shopId, ordersn }: OrderKey): IncomingEvent => ({
  eventType: PushCode.ORDER_STATUS_UPDATE,
  shopeeEventId: null,
  shopId,
  ordersn,
  payload: { reason: "retry", run_id: runId },
  rawBody: null,
  signature: null,
  signatureOk: null,
  source: RawEventSource.RECONCILE,
  identity: findingIdentity(runId, shopId, ordersn),
})

/**
 * Has orders looked at again at once, held and backing-off ones too, with automatic retries begun anew. Also for an order that the
 * connector never heard of: whoever has its number can fetch it.
 *
 * @returns ids of the stored findings, in no sequence
 */
export async function retryOrders(
  container: MedusaContainer,
  orders: OrderKey[],
  runId: string = newRetryRun()
): Promise<string[]> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const stored: string[] = []
  for (let from = 0; from < orders.length; from += ORDERS_A_STATEMENT) {
    const batch = orders.slice(from, from + ORDERS_A_STATEMENT)
    await service.run((sql) => restartAttempts(sql, batch))
    stored.push(...(await service.recordEvents(batch.map((order) => toFinding(runId, order)))))
  }
  if (stored.length > 0) {
    wakeInbox(container)
  }
  return stored
}

/**
 * Has one order looked at again at once.
 *
 * @param shopId default: the shop that the order is known of, else the configured one
 * @throws ShopeeNotConfiguredError when nobody says which shop an unknown order is of
 */
export async function retryOrder(
  container: MedusaContainer,
  { ordersn, shopId }: { ordersn: string; shopId?: string }
): Promise<{ shopId: string; rawEventId: string }> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const shop = shopId ?? (await shopOf(service, ordersn))
  const [rawEventId] = await retryOrders(container, [{ shopId: shop, ordersn }])
  if (rawEventId === undefined) {
    throw new Error(`The retry of order ${ordersn} was not stored, although its run is new.`)
  }
  return { shopId: shop, rawEventId }
}

async function shopOf(service: ShopeeConnectorService, ordersn: string): Promise<string> {
  const [known] = await service.listShopeeOrderSyncs({ ordersn }, { take: 1, select: ["shop_id"] })
  if (known) {
    return known.shop_id
  }
  const config = await service.config()
  if (!config.configured) {
    throw new ShopeeNotConfiguredError(config.missing)
  }
  return config.shopId
}
