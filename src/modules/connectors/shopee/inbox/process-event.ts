import { randomUUID } from "node:crypto"
import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import type { OrderClaim } from "../types/inbox"
import { handleEvents } from "./handle-pending-events"
import { LEASE_MS } from "./lease"
import { processClaims } from "./process-claims"

const LOOK_AGAIN_MS = 200
/** As long as a worker that died could keep the order, and a little more. */
const PATIENCE_MS = LEASE_MS + 15_000

/** Claims the order, waiting for a worker that has it. Null when that worker has processed the event meanwhile. */
async function claimEventually(
  service: ShopeeConnectorService,
  event: { id: string; shopId: string; ordersn: string }
): Promise<OrderClaim | null> {
  const giveUpAt = Date.now() + PATIENCE_MS
  for (;;) {
    const claim = await service.claimOrder({ ...event, claimId: randomUUID(), leaseMs: LEASE_MS })
    if (claim) {
      return claim
    }
    await sleep(LOOK_AGAIN_MS)
    if ((await service.retrieveShopeeRawEvent(event.id)).processed) {
      return null
    }
    if (Date.now() > giveUpAt) {
      throw new MedusaError(
        MedusaError.Types.CONFLICT,
        `Order ${event.ordersn} is being worked on by another process; it will be done without you.`
      )
    }
  }
}

/**
 * Handles one stored event now, to its end.
 *
 * @throws MedusaError: not_found for an unknown id, not_allowed for a rejected push, conflict when another process keeps the order for
 * longer than a lease, unexpected_state when Shopee can't be read now; and the error that the order itself failed with.
 */
export async function processEvent(rawEventId: string, container: MedusaContainer): Promise<void> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const event = await service.retrieveShopeeRawEvent(rawEventId)
  if (event.signature_ok === false) {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `Event ${rawEventId} is a rejected push: nothing in it can be believed.`
    )
  }
  if (event.processed) {
    return
  }
  if (event.ordersn === null || event.shop_id === null) {
    await handleEvents(container, service, [
      { id: event.id, eventType: event.event_type, shopId: event.shop_id, payload: event.payload },
    ])
    return
  }
  const claim = await claimEventually(service, { id: event.id, shopId: event.shop_id, ordersn: event.ordersn })
  if (!claim) {
    return
  }
  const [outcome] = await processClaims(container, service, [claim])
  if (!outcome) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      `Shopee can't be read right now, so order ${event.ordersn} waits. The open exceptions say why.`
    )
  }
  if (!outcome.succeeded) {
    throw outcome.error
  }
}
