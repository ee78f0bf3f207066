import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { withoutLogFields } from "../../shared/log-fields"
import { redactSecrets } from "../../shared/redaction"
import { MAX_ORDERS_PER_CALL } from "../client/shopee-client"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { handlePendingEvents } from "./handle-pending-events"
import { inLanes } from "./in-lanes"
import { LEASE_MS } from "./lease"
import { processClaims } from "./process-claims"
import { requireLocks } from "./require-locks"
import { reportUnauthorizedShops } from "./shop-trouble"

/**
 * Batches of a backlog that one process has in hand at a time: while one waits for Shopee or for Postgres, the other one computes. A
 * third brings nothing (docs/performance.md). Lanes are to each other what workers are, and claims keep them apart as well.
 */
const LANES = 2

/**
 * Works on everything that is due, then on the events that concern no order. One drain runs at a time in a process; a call that
 * comes meanwhile makes it go round once more. Other processes drain beside it: claims keep them apart.
 *
 * @throws errors of our own database; what was claimed is due again when its lease ends. LocksUnavailableError while Redis is away.
 */
export async function drainInbox(container: MedusaContainer): Promise<void> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  if (!(await service.config()).configured) {
    return
  }
  await service.drainGate.enter(async () => {
    await inLanes(LANES, async (openAnother) => {
      while (!service.drainGate.isClosed) {
        await requireLocks(container)
        const claims = await service.claimDueOrders({
          claimId: randomUUID(),
          limit: MAX_ORDERS_PER_CALL,
          leaseMs: LEASE_MS,
        })
        if (claims.length === 0) {
          break
        }
        if (claims.length === MAX_ORDERS_PER_CALL) {
          openAnother()
        }
        await processClaims(container, service, claims)
      }
    })
    await reportUnauthorizedShops(container, service)
    await handlePendingEvents(container, service)
  })
}

/**
 * Starts a drain without waiting for it. Nothing is lost when it fails: the rows are still due, and the poll comes back in a
 * moment. A process in server mode leaves the work to the workers, also when Medusa's local bus hands it the event of a push.
 */
export function wakeInbox(container: MedusaContainer): void {
  if (container.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig.workerMode === "server") {
    return
  }
  withoutLogFields(() => drainInbox(container)).catch((error: unknown) => {
    const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(`[shopee-inbox] A drain ended early and goes on with the next poll: ${redactSecrets(String(error))}`)
  })
}
