import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { BackfillReason } from "../types/enums"
import { BACKFILL_JOB } from "../types/job-names"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { countWindows } from "./backfill-windows"

/** Shopee began in 2015: what is asked for before that is a slip of the finger. */
const EARLIEST = new Date("2015-01-01T00:00:00Z")

/** What to take in again. */
export interface BackfillRequest {
  from: Date
  /** A time in the future means now. */
  to: Date
  /** Default: the configured shop. */
  shopId?: string
}

/** A backfill and how far it is. */
export type BackfillProgress = Awaited<ReturnType<ShopeeConnectorService["retrieveShopeeBackfill"]>>

/**
 * Starts to take in a shop's orders that were placed or changed in a range of time. A worker does it; `readBackfill` says how far it is.
 *
 * @throws MedusaError invalid_data for a range that is none, not_allowed for a shop that is not authorised, or while Shopee is not
 * configured
 */
export async function startBackfill(
  container: MedusaContainer,
  { from, to, shopId }: BackfillRequest,
  now: Date = new Date()
): Promise<BackfillProgress> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await service.config()
  if (!config.configured) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `Shopee is not configured: set ${config.missing.join(", ")}.`)
  }
  const until = to > now ? now : to
  if (!(from >= EARLIEST && from < until)) {
    throw new MedusaError(
      MedusaError.Types.INVALID_DATA,
      "A backfill needs a range that begins after 2015, before it ends, and before now."
    )
  }
  const shop = shopId ?? config.shopId
  if (!(await service.listAuthorizedShops()).includes(shop)) {
    throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `Shop ${shop} is not authorised: authorise it first.`)
  }
  const backfill = await service.createShopeeBackfills({
    shop_id: shop,
    reason: BackfillReason.OPERATOR,
    from_at: from,
    to_at: until,
    windows_total: countWindows({ from, to: until }),
  })
  await container
    .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    .requestJob({ connector: ConnectorName.SHOPEE, name: BACKFILL_JOB, scope: shop })
  return backfill
}

/** How far a backfill is, counted now. @throws MedusaError not_found */
export async function readBackfill(container: MedusaContainer, id: string): Promise<BackfillProgress> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const backfill = await service.retrieveShopeeBackfill(id)
  return { ...backfill, ...(await service.countBackfillEvents(id)) }
}

/** The newest backfills, as they were counted last (every minute while they are open). */
export async function listBackfills(container: MedusaContainer, take = 20): Promise<BackfillProgress[]> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  return await service.listShopeeBackfills({}, { take, order: { created_at: "DESC" } })
}
