import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { outageSubject, shopSubject } from "../../shared/exception-subject"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import { ReportedJobError } from "../../shared/jobs/job-errors"
import { ShopeeCallError } from "../client/shopee-errors"
import type ShopeeConnectorService from "../service"

/** Pause after the first failed call of an outage; it doubles with each further one (jittered). */
const OUTAGE_BASE_MS = 2_000
const OUTAGE_CAP_MS = 5 * 60_000
/** A refusal needs a person, so asking again soon helps nobody. */
const REFUSAL_BASE_MS = 30_000
const REFUSAL_CAP_MS = 30 * 60_000
/** Being throttled now and then is normal; this often in a row it is worth a person's look. */
const THROTTLED_CALLS_THAT_ALERT = 5

/**
 * Notes that a shop can't be read right now: its orders wait without losing an attempt, and there is one exception for the outage,
 * none for the orders that it delays.
 */
export async function noteShopTrouble(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  shopId: string,
  error: ShopeeCallError
): Promise<void> {
  const refused = error.kind === "auth"
  const callsInARow = await service.pauseShop({
    shopId,
    baseMs: refused ? REFUSAL_BASE_MS : OUTAGE_BASE_MS,
    capMs: refused ? REFUSAL_CAP_MS : OUTAGE_CAP_MS,
    atLeastMs: error.retryAfterMs ?? 0,
  })
  if (error.kind === "throttled" && callsInARow < THROTTLED_CALLS_THAT_ALERT) {
    return
  }
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).raiseExceptions([
    {
      connector: ConnectorName.SHOPEE,
      subject: refused ? shopSubject(shopId) : outageSubject(shopId),
      error_class: refused ? ErrorClass.TOKEN_EXPIRED : ErrorClass.SDK_TRANSIENT,
      error_message: error.message,
      shop_id: shopId,
      details: {
        endpoint: error.endpoint,
        error_code: error.code,
        http_status: error.httpStatus,
        request_id: error.requestId,
      },
    },
  ])
}

/** Says, once for each shop, that orders wait because nobody has authorised the shop, or because Shopee refuses it. */
export async function reportUnauthorizedShops(
  container: MedusaContainer,
  service: ShopeeConnectorService
): Promise<void> {
  const shops = await service.listUnauthorizedShops()
  if (shops.length === 0) {
    return
  }
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).raiseExceptions(
    shops.map(({ shopId, refusedReason }) => ({
      connector: ConnectorName.SHOPEE,
      subject: shopSubject(shopId),
      error_class: ErrorClass.TOKEN_EXPIRED,
      error_message:
        refusedReason === null
          ? `Orders of shop ${shopId} wait: the connector holds no authorisation for it.`
          : `Orders of shop ${shopId} wait: Shopee refuses its authorisation (${refusedReason}).`,
      shop_id: shopId,
    }))
  )
}

/** Failures that concern the shop's connection to Shopee, and not what was asked for. */
export const concernsTheShop = ({ kind }: ShopeeCallError): boolean =>
  kind === "transient" || kind === "throttled" || kind === "auth"

/**
 * Does a job's work that calls Shopee as its partner and for no shop: about pushes. It says nothing about a shop's token or its orders, so
 * its failure pauses no shop and is no outage of one. One that lasts is an overdue job.
 *
 * @throws ReportedJobError for passing trouble, and whatever else the work throws
 */
export async function whileAskingAsPartner<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ShopeeCallError && (error.kind === "transient" || error.kind === "throttled")) {
      throw new ReportedJobError(error, error.retryAfterMs ?? undefined)
    }
    throw error
  }
}

/**
 * Does a job's work that calls Shopee for a shop. Trouble of the shop is noted as such, one exception for all that wait for it, so the
 * job opens none of its own; reading the shop's orders to the end settles it.
 *
 * @throws ReportedJobError for the shop's trouble, and whatever else the work throws
 */
export async function whileReadingShop<Result>(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  shopId: string,
  work: () => Promise<Result>
): Promise<Result> {
  let result: Result
  try {
    result = await work()
  } catch (error) {
    if (error instanceof ShopeeCallError && concernsTheShop(error)) {
      await noteShopTrouble(container, service, shopId, error)
      throw new ReportedJobError(error, error.retryAfterMs ?? undefined)
    }
    throw error
  }
  await service.endOutage(shopId)
  await container
    .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    .resolveSubjects(ConnectorName.SHOPEE, [outageSubject(shopId), shopSubject(shopId)], "system", null, [
      ErrorClass.SDK_TRANSIENT,
      ErrorClass.TOKEN_EXPIRED,
    ])
  return result
}
