import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { PUSH_SILENCE_SUBJECT } from "../../shared/exception-subject"
import type { JobDefinition, JobReport } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import { MAX_LIST_WINDOW_SECONDS } from "../client/shopee-client"
import type { ShopeeConfig } from "../config"
import { requestReconciliation } from "../inbox/request-reconciliation"
import { whileAskingAsPartner, whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { judgeSubscription } from "./push-subscription"
import { type ChangedOrders, isSilenceAlarming, PUSH_GRACE_MS, SILENCE_MS } from "./push-silence"
import { raiseNews } from "./raise-news"

const MINUTE_MS = 60_000
/** While pushes are in doubt orders come in by comparison, this often. */
const COMPARE_EVERY_MS = 30 * MINUTE_MS

/**
 * Watches whether pushes reach us: what Shopee says about the subscription, and whether they come. While they don't, and once they do again,
 * orders are found by reconciliation: Shopee never sends again what it could not push while the subscription was suspended.
 */
export const watchPushes: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-watch-pushes",
  title: "Watching Shopee's push subscription",
  schedule: { everyMs: 10 * MINUTE_MS },
  deadlineMs: 5 * MINUTE_MS,
  overdueAfterMs: 3 * 60 * MINUTE_MS,
  scopes: async (container) => {
    const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
    return (await service.config()).configured ? [""] : []
  },
  run: async (container, { startedAt }) => await watch(container, startedAt),
}

async function watch(container: MedusaContainer, now: Date): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const config = await service.config()
  if (!config.configured) {
    return {}
  }
  const pushConfig = await whileAskingAsPartner(async () => (await service.clientFor(config.shopId)).getAppPushConfig())
  const { problems, healthy } = judgeSubscription(pushConfig, config)
  const silence = await findSilence(container, service, config, now)
  const found = [...problems, ...silence]
  await raiseNews(exceptions, found)
  const settled = await exceptions.resolveSubjects(
    ConnectorName.SHOPEE,
    silence.length === 0 ? [...healthy, PUSH_SILENCE_SUBJECT] : healthy,
    "system",
    null,
    [ErrorClass.PUSH_UNHEALTHY, ErrorClass.PUSH_SILENT]
  )
  if (found.length > 0 || settled > 0) {
    await requestReconciliation(container, service, { notWithinMs: settled > 0 ? 0 : COMPARE_EVERY_MS })
  }
  return { statistics: { problems: found.length, status: pushConfig.livePushStatus } }
}

async function findSilence(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  { shopId }: ShopeeConfig,
  now: Date
): Promise<ExceptionFinding[]> {
  const token = await service.readAuthToken(shopId)
  if (!token || token.refusedAt) {
    return []
  }
  // A shop that has never had a push is silent since it was authorised.
  const since = (await service.lastPushAt()) ?? token.authorizedAt
  if (since === null || now.getTime() - since.getTime() < SILENCE_MS) {
    return []
  }
  const changed = await whileReadingShop(container, service, shopId, async () =>
    changedSince(service, shopId, since, now)
  )
  if (!isSilenceAlarming(changed)) {
    return []
  }
  return [
    {
      connector: ConnectorName.SHOPEE,
      subject: PUSH_SILENCE_SUBJECT,
      error_class: ErrorClass.PUSH_SILENT,
      error_message: `No push has come since ${since.toISOString()}, although Shopee changed ${changed.known + changed.unknown} orders after that; ${changed.unknown} of them no push told of.`,
      shop_id: shopId,
      details: { missing: changed.unknown, found: changed.known + changed.unknown },
    },
  ]
}

/** The first page is enough: a hundred orders prove more than is asked. */
async function changedSince(
  service: ShopeeConnectorService,
  shopId: string,
  since: Date,
  now: Date
): Promise<ChangedOrders> {
  const to = new Date(now.getTime() - PUSH_GRACE_MS)
  const from = new Date(Math.max(since.getTime() + 1_000, to.getTime() - MAX_LIST_WINDOW_SECONDS * 1_000 + 1_000))
  const client = await service.clientFor(shopId)
  const { orders } = await client.getOrderList({ timeRangeField: "update_time", from, to })
  const known = await service.listOrderStates(
    shopId,
    orders.map(({ orderSn }) => orderSn)
  )
  return { known: known.length, unknown: orders.length - known.length }
}
