import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { redactSecrets } from "../../shared/redaction"
import { failPoint } from "../../shared/fail-point"
import { withLogFields } from "../../shared/log-fields"
import { ShopeeCallError } from "../client/shopee-errors"
import { ShopeeNotConfiguredError } from "../config"
import type ShopeeConnectorService from "../service"
import type { OrderClaim } from "../types/inbox"
import { applyPlans } from "./apply-plans"
import { whileHoldingLease } from "./lease"
import { noteOutcomes } from "./note-outcomes"
import { failed, type OrderOutcome } from "./order-work"
import { prepareOrders } from "./prepare-orders"
import { type OrderReading, readOrders } from "./read-orders"
import { settleOutcomes } from "./settle-outcomes"
import { noteShopTrouble } from "./shop-trouble"

/**
 * Brings claimed orders of one shop where Shopee says they are: read, normalise, plan, apply, settle.
 *
 * No transaction and no lock is held across a call to Shopee: the lease is what keeps the orders ours.
 *
 * @returns one outcome for each claim; an empty list when Shopee could not be read and the orders were given back.
 * @throws errors of our own database. The claims then end with their lease.
 */
export async function processClaims(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  claims: OrderClaim[]
): Promise<OrderOutcome[]> {
  const [first] = claims
  if (!first) {
    return []
  }
  failPoint("orders-claimed")
  const ordersns = claims.map(({ ordersn }) => ordersn)
  return await withLogFields({ shop_id: first.shopId, claim_id: first.claimId, order_sns: ordersns }, () =>
    processTogether(container, service, first, claims)
  )
}

async function processTogether(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  first: OrderClaim,
  claims: OrderClaim[]
): Promise<OrderOutcome[]> {
  const { claimId, shopId } = first
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  return await whileHoldingLease(
    service,
    claimId,
    async () => {
      let readings: Map<string, OrderReading>
      try {
        readings = await readOrders(
          await service.clientFor(shopId),
          claims.map(({ ordersn }) => ordersn)
        )
      } catch (error) {
        if (!(error instanceof ShopeeCallError)) {
          throw error
        }
        await noteShopTrouble(container, service, shopId, error)
        await service.releaseClaims(claimId)
        return []
      }
      failPoint("orders-read")
      await service.endOutage(shopId)
      const outcomes = await bringThere(container, service, claims, readings)
      await settleOutcomes(container, service, first, outcomes)
      noteOutcomes(logger, outcomes)
      return outcomes
    },
    (error) =>
      logger.warn(`[shopee-inbox] The lease of claim ${claimId} could not be renewed: ${redactSecrets(String(error))}`)
  )
}

/** Prepares and applies. What makes a whole batch fail is a failure of each of its orders, so that it is counted, reported and retried. */
async function bringThere(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  claims: OrderClaim[],
  readings: ReadonlyMap<string, OrderReading>
): Promise<OrderOutcome[]> {
  const config = await service.config()
  if (!config.configured) {
    throw new ShopeeNotConfiguredError(config.missing)
  }
  try {
    const { works, outcomes, returnFailures } = await prepareOrders(container, service, claims, readings)
    const all = [...outcomes, ...(await applyPlans(container, service, works, config.buyerEmailDomain))]
    // Such an order has got as far as it can; what its returns ask for is still to come.
    return all.map((outcome) => {
      const failure = outcome.succeeded ? returnFailures.get(outcome.claim.ordersn) : undefined
      return failure ? failed(outcome.claim, failure) : outcome
    })
  } catch (error) {
    return claims.map((claim) => failed(claim, error))
  }
}
