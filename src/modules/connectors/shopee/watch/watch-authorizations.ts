import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { authorizationSubject, shopSubject } from "../../shared/exception-subject"
import type { JobDefinition, JobReport } from "../../shared/jobs/job-definition"
import { ReportedJobError } from "../../shared/jobs/job-errors"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass, ExceptionStatus } from "../../shared/types/enums"
import { resealToken } from "../auth/reseal-token"
import { TokenCipher } from "../auth/token-cipher"
import { ShopeeCallError } from "../client/shopee-errors"
import { concernsTheShop, noteShopTrouble, whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { warnOfAuthorizationEnd } from "./authorization-end"
import { raiseNews } from "./raise-news"

const MINUTE_MS = 60_000
/** Shopee is asked for the end of an authorisation once a day, and at once after a new one. */
const ASK_AGAIN_AFTER_MS = 24 * 60 * MINUTE_MS

/**
 * Looks after every shop's authorisation: refreshes its token ahead of expiry also when nothing calls, encrypts it with the newest key, and
 * warns before the authorisation itself ends.
 */
export const watchAuthorizations: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-watch-authorizations",
  title: "Looking after the shop's authorisation",
  schedule: { everyMs: MINUTE_MS },
  deadlineMs: 5 * MINUTE_MS,
  overdueAfterMs: 60 * MINUTE_MS,
  scopes: async (container) => {
    const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    return (await service.config()).configured ? await service.listAuthorizedShops() : []
  },
  run: async (container, { scope, startedAt }) => await lookAfterShop(container, scope, startedAt),
}

async function lookAfterShop(container: MedusaContainer, shopId: string, now: Date): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const config = await service.config()
  const token = await service.readAuthToken(shopId)
  if (!config.configured || !token) {
    return {}
  }
  if (token.refusedAt) {
    await raiseNews(exceptions, [
      {
        connector: ConnectorName.SHOPEE,
        subject: shopSubject(shopId),
        error_class: ErrorClass.TOKEN_EXPIRED,
        error_message: `Shopee refuses the authorisation of shop ${shopId}: ${token.refusedReason ?? "no reason given"}`,
        shop_id: shopId,
      },
    ])
    return {}
  }
  await resealToken(service, token, new TokenCipher(config.tokenKeys))
  await refreshAhead(container, service, shopId)
  const end = await service.readAuthorizationEnd(shopId)
  let endsAt = end?.endsAt ?? null
  if (now.getTime() - (end?.checkedAt?.getTime() ?? 0) >= ASK_AGAIN_AFTER_MS) {
    endsAt = await whileReadingShop(container, service, shopId, async () => {
      const client = await service.clientFor(shopId)
      return (await client.getShopInfo()).authorizationEndsAt
    })
    await service.storeAuthorizationEnd(shopId, endsAt)
  }
  const { due, settled } = warnOfAuthorizationEnd(shopId, endsAt, now)
  await raiseNews(exceptions, due)
  await exceptions.resolveSubjects(
    ConnectorName.SHOPEE,
    [...settled, ...(await announcedBefore(exceptions, shopId, token.authorizedAt))],
    "system",
    null,
    [ErrorClass.TOKEN_EXPIRED]
  )
  return { statistics: { authorization_ends_at: endsAt?.toISOString() ?? null } }
}

/** What Shopee announced before the shop was authorised: it was about the authorisation that this one replaced. */
async function announcedBefore(
  exceptions: ConnectorExceptionService,
  shopId: string,
  authorizedAt: Date | null
): Promise<string[]> {
  const announced = await exceptions.listConnectorExceptions(
    {
      connector: ConnectorName.SHOPEE,
      subject: [authorizationSubject(shopId, "announced"), authorizationSubject("", "announced")],
      status: ExceptionStatus.OPEN,
    },
    { select: ["id", "subject", "last_seen_at"] }
  )
  return announced.flatMap(({ subject, last_seen_at }) =>
    subject && authorizedAt && last_seen_at && new Date(last_seen_at) < authorizedAt ? [subject] : []
  )
}

/** @throws ReportedJobError when Shopee can't be asked or refuses: the shop's exception says so. */
async function refreshAhead(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  shopId: string
): Promise<void> {
  try {
    await (await service.clientFor(shopId)).refreshAhead()
  } catch (error) {
    if (error instanceof ShopeeCallError && concernsTheShop(error)) {
      await noteShopTrouble(container, service, shopId, error)
      throw new ReportedJobError(error, error.retryAfterMs ?? undefined)
    }
    throw error
  }
}
