import { setTimeout as sleep } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { wakeInbox } from "./drain"
import type ShopeeConnectorService from "../service"
import { PushCode, RawEventSource } from "../types/enums"
import type { OrderFinding } from "../types/recovery"
import { findingIdentity } from "../webhook/event-identity"

/** As many orders as one claim takes. */
const FINDINGS_AT_ONCE = 50
/**
 * Findings wait while so many orders of the shop are due. The inbox goes by who has waited longest, so an order that is placed now
 * waits for at most this many, two or three claims, however long the backlog is.
 */
const MOST_DUE = 50
const LOOK_AGAIN_MS = 250

/**
 * Has the inbox look at orders again, the first ones first. A run injects an order once, and once for each of its returns,
 * however often it is called.
 *
 * @throws the signal's reason, and errors of our own database
 */
export async function injectFindings(
  container: MedusaContainer,
  service: Pick<ShopeeConnectorService, "countDueOrders" | "recordEvents">,
  { runId, shopId, findings }: { runId: string; shopId: string; findings: OrderFinding[] },
  signal: AbortSignal
): Promise<void> {
  for (let at = 0; at < findings.length; at += FINDINGS_AT_ONCE) {
    while ((await service.countDueOrders(shopId)) > MOST_DUE) {
      signal.throwIfAborted()
      await sleep(LOOK_AGAIN_MS)
    }
    signal.throwIfAborted()
    await service.recordEvents(
      findings.slice(at, at + FINDINGS_AT_ONCE).map(({ ordersn, kind, returnSn, updateTime }) => ({
        eventType: returnSn === undefined ? PushCode.ORDER_STATUS_UPDATE : PushCode.RETURN_UPDATES,
        shopeeEventId: null,
        shopId,
        ordersn,
        payload: {
          ...{ shop_id: shopId, ordersn, finding: kind, run_id: runId },
          // Where a push names its return.
          ...(returnSn === undefined ? {} : { data: { order_sn: ordersn, return_sn: returnSn } }),
        },
        rawBody: null,
        signature: null,
        signatureOk: null,
        source: RawEventSource.RECONCILE,
        identity: findingIdentity(runId, shopId, ordersn, returnSn),
        findingRunId: runId,
        updateTime,
      }))
    )
    wakeInbox(container)
  }
}
