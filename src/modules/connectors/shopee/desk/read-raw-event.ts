import type { MedusaContainer } from "@medusajs/framework/types"
import type ShopeeConnectorService from "../service"
import type { RawEventAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { timestamp, timestampOrNull } from "./json-values"

/**
 * A stored event with its payload. Neither its signature nor its exact bytes: together they are a push that somebody could send again.
 *
 * @throws MedusaError (not_found)
 */
export async function readRawEvent(container: MedusaContainer, id: string): Promise<RawEventAnswer> {
  const event = await container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE).retrieveShopeeRawEvent(id)
  return {
    raw_event: {
      id: event.id,
      event_type: event.event_type,
      source: event.source,
      shop_id: event.shop_id,
      ordersn: event.ordersn,
      shopee_event_id: event.shopee_event_id,
      signature_ok: event.signature_ok,
      signed: event.signature !== null,
      payload: event.payload,
      processed: event.processed,
      processed_at: timestampOrNull(event.processed_at),
      created_at: timestamp(event.created_at),
    },
  }
}
