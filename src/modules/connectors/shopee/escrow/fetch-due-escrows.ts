import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { redactSecrets } from "../../shared/redaction"
import { failPoint } from "../../shared/fail-point"
import { MAX_ORDERS_PER_CALL } from "../client/shopee-client"
import { LEASE_MS, whileHoldingLease } from "../inbox/lease"
import { noteShopTrouble } from "../inbox/shop-trouble"
import { normalizeShopeeEscrow, readEscrowIncome } from "../normalizers/escrow"
import type ShopeeConnectorService from "../service"
import type { EscrowClaim, FetchedEscrow } from "../types/escrow"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { toStorable } from "../webhook/read-json"
import { isJsonObject } from "../types/json"
import { checkEscrow, sumAdjustments } from "./check-escrow"
import { type EscrowReading, readEscrows } from "./read-escrows"
import { type EscrowOutcome, settleEscrows } from "./settle-escrows"

/**
 * Fetches every escrow that is due, up to 50 orders of a shop with one call. One run goes at a time in a process; other processes
 * fetch beside it: claims keep them apart.
 *
 * @throws errors of our own database; what was claimed is due again when its lease ends.
 */
export async function fetchDueEscrows(container: MedusaContainer): Promise<void> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  if (!(await service.config()).configured) {
    return
  }
  await service.escrowGate.enter(async () => {
    while (!service.escrowGate.isClosed) {
      const claims = await service.claimDueEscrows({
        claimId: randomUUID(),
        limit: MAX_ORDERS_PER_CALL,
        leaseMs: LEASE_MS,
      })
      if (claims.length === 0) {
        break
      }
      await fetchClaims(container, service, claims)
    }
  })
}

/** No transaction and no lock is held across a call to Shopee: the lease is what keeps the escrows ours. */
async function fetchClaims(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  claims: EscrowClaim[]
): Promise<void> {
  const [first] = claims
  if (!first) {
    return
  }
  const { claimId, shopId } = first
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  await whileHoldingLease(
    { renewClaims: async (claim) => await service.renewEscrowClaims(claim) },
    claimId,
    async () => {
      const { readings, trouble } = await readEscrows(
        await service.clientFor(shopId),
        claims.map(({ ordersn }) => ordersn)
      )
      failPoint("escrows-read")
      if (readings.size > 0) {
        await service.endOutage(shopId)
        const outcomes = await understand(container, claims, readings)
        await settleEscrows(container, service, first, outcomes)
      }
      if (trouble) {
        await noteShopTrouble(container, service, shopId, trouble)
      }
      // What reading did not come to.
      await service.releaseEscrowClaims(claimId)
    },
    (error) =>
      logger.warn(`[shopee-escrow] The lease of claim ${claimId} could not be renewed: ${redactSecrets(String(error))}`)
  )
}

async function understand(
  container: MedusaContainer,
  claims: EscrowClaim[],
  readings: ReadonlyMap<string, EscrowReading>
): Promise<EscrowOutcome[]> {
  const currencies = await currenciesOf(container, claims)
  return claims.flatMap((claim): EscrowOutcome[] => {
    const reading = readings.get(claim.ordersn)
    if (reading === undefined) {
      return []
    }
    try {
      return [{ claim, fetched: toFetched(claim, reading, currencies.get(claim.medusaOrderId ?? "")) }]
    } catch (error) {
      return [{ claim, error }]
    }
  })
}

/** Currency by Medusa order. Shopee's escrow names none: it is the order's (Shopee reference §7). */
async function currenciesOf(container: MedusaContainer, claims: EscrowClaim[]): Promise<Map<string, string>> {
  const ids = claims.flatMap(({ medusaOrderId }) => medusaOrderId ?? [])
  if (ids.length === 0) {
    return new Map()
  }
  const orders = await container
    .resolve(Modules.ORDER)
    .listOrders({ id: ids }, { select: ["id", "currency_code"], take: ids.length })
  return new Map(orders.map((order) => [order.id, order.currency_code.toUpperCase()]))
}

/** @throws whatever the reading was instead of an escrow, or why it is none */
function toFetched(claim: EscrowClaim, reading: EscrowReading, currency: string | undefined): FetchedEscrow {
  if (reading instanceof Error) {
    throw reading
  }
  if (currency === undefined) {
    throw new Error(`The currency of order ${claim.ordersn} is not known: Medusa has no order for it.`)
  }
  const storable = toStorable(reading)
  if ("unreadable" in storable || !isJsonObject(storable.value)) {
    throw new Error(`The escrow of order ${claim.ordersn} can't be stored: it is no JSON object, or nested too deep.`)
  }
  const escrow = normalizeShopeeEscrow(storable.value, currency)
  const income = readEscrowIncome(storable.value)
  return {
    syncId: claim.id,
    shopId: claim.shopId,
    escrow,
    check: checkEscrow(income),
    adjustmentAmount: sumAdjustments(income),
  }
}
