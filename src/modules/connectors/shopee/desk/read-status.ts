import type { MedusaContainer } from "@medusajs/framework/types"
import { readEnvironment } from "../../../../config/environment"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import { readShopeeConfig, readTokenKeys } from "../config"
import { GLOBAL_API_BASE_URL } from "../sdk"
import type ShopeeConnectorService from "../service"
import { listShops } from "../sql/list-shops"
import { measureInbox } from "../sql/measure-inbox"
import { measureOrders, type OrderCount } from "../sql/measure-orders"
import type {
  CompletenessProof,
  JobStatus,
  PushHealth,
  ShopeeConfiguration,
  ShopeeStatusAnswer,
  ShopStatus,
} from "../types/desk"
import { OrderSyncStatus } from "../types/enums"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { watchPushes } from "../watch/watch-pushes"
import { timestamp, timestampOrNull } from "./json-values"
import { readJobs } from "./read-jobs"
import { toShopStatus, unauthorizedShop } from "./shop-status"

/** Which variables are set. Never a value that is a secret. */
function readConfiguration(): ShopeeConfiguration {
  const { shopee } = readEnvironment()
  const config = readShopeeConfig()
  return {
    configured: config.configured,
    missing: config.configured ? [] : config.missing,
    partner_key: shopee.partnerKey !== null,
    push_keys: shopee.pushPartnerKeys.length,
    push_key_is_partner_key: shopee.pushPartnerKeys.length === 0 && shopee.partnerKey !== null,
    token_keys: shopee.tokenEncryptionKeys.length,
    alert_webhook: shopee.alertWebhookUrl !== null,
    callback_url: shopee.webhookUrl,
    api_base_url: shopee.apiBaseUrl ?? GLOBAL_API_BASE_URL,
    shop_id: shopee.shopId,
    partner_id: shopee.partnerId === null ? null : String(shopee.partnerId),
  }
}

async function readLastProof(service: ShopeeConnectorService, shopId: string): Promise<CompletenessProof | null> {
  const [run] = await service.listShopeeReconcileRuns({ shop_id: shopId }, { take: 1, order: { started_at: "DESC" } })
  return run
    ? {
        status: run.status,
        started_at: timestamp(run.started_at),
        finished_at: timestampOrNull(run.finished_at),
        window_from: timestamp(run.window_from),
        window_to: timestamp(run.window_to),
        shopee_count: run.shopee_count,
        matching_count: run.matching_count,
        waiting_count: run.waiting_count,
        missing_count: run.missing_count,
        stale_count: run.stale_count,
        return_count: run.return_count,
        stale_return_count: run.stale_return_count,
        returns_error: run.returns_error,
        repaired_count: run.repaired_count,
        error: run.error,
      }
    : null
}

async function readShops(service: ShopeeConnectorService, configuredShopId: string | null): Promise<ShopStatus[]> {
  const tokenKeys = readTokenKeys()
  const shops: ShopStatus[] = []
  for (const shop of await service.run(listShops)) {
    const stored = await service.readAuthToken(shop.shop_id)
    if (stored) {
      shops.push({
        ...toShopStatus(shop, stored, { tokenKeys, configuredShopId }),
        authorization_ends_at: timestampOrNull((await service.readAuthorizationEnd(shop.shop_id))?.endsAt),
        last_proof: await readLastProof(service, shop.shop_id),
      })
    }
  }
  const isConfiguredKnown = shops.some(({ configured }) => configured)
  return configuredShopId === null || isConfiguredKnown ? shops : [unauthorizedShop(configuredShopId), ...shops]
}

async function readInbox(service: ShopeeConnectorService): Promise<ShopeeStatusAnswer["inbox"]> {
  const levels = await service.run(measureInbox)
  const depth = levels.due + levels.claimed
  return {
    depth,
    oldest_age_seconds: depth === 0 ? null : Math.floor(levels.oldestDueSeconds),
    backing_off: levels.backingOff,
    held: levels.held,
    pending_events: levels.pendingEvents,
    escrows_due: levels.escrows,
  }
}

function sumUp(counts: OrderCount[]): ShopeeStatusAnswer["orders"] {
  const bySyncStatus = {
    [OrderSyncStatus.PENDING]: 0,
    [OrderSyncStatus.CREATED]: 0,
    [OrderSyncStatus.FAILED]: 0,
  }
  const byShopeeStatus: Record<string, number> = {}
  let total = 0
  for (const { status, shopee_status, count } of counts) {
    total += count
    const known = Object.values(OrderSyncStatus).find((value) => value === status)
    if (known) {
      bySyncStatus[known] += count
    }
    if (shopee_status !== null) {
      byShopeeStatus[shopee_status] = (byShopeeStatus[shopee_status] ?? 0) + count
    }
  }
  return { total, by_sync_status: bySyncStatus, by_shopee_status: byShopeeStatus }
}

const PUSH_CLASSES: readonly string[] = [
  ErrorClass.PUSH_UNHEALTHY,
  ErrorClass.PUSH_SILENT,
  ErrorClass.SIGNATURE_MISMATCH,
]

/** Shopee isn't asked here: the job that watches pushes does so every few minutes, and leaves what it heard. */
async function readPushHealth(
  service: ShopeeConnectorService,
  jobs: JobStatus[],
  open: ShopeeStatusAnswer["open_exceptions"]
): Promise<PushHealth> {
  const job = jobs.find(({ name }) => name === watchPushes.name)
  const subscription = job?.last_statistics?.status
  return {
    last_push_at: timestampOrNull(await service.lastPushAt()),
    subscription: typeof subscription === "string" ? subscription : null,
    problems: open
      .filter(({ error_class }) => PUSH_CLASSES.includes(error_class))
      .reduce((sum, { count }) => sum + count, 0),
    checked_at: job?.last_success_at ?? null,
  }
}

async function readOpenExceptions(
  exceptions: ConnectorExceptionService
): Promise<ShopeeStatusAnswer["open_exceptions"]> {
  return (await exceptions.countOpenExceptions()).map(({ connector, error_class, count, oldest_at }) => ({
    connector: Object.values(ConnectorName).find((name) => name === connector) ?? ConnectorName.SHOPEE,
    error_class: Object.values(ErrorClass).find((name) => name === error_class) ?? ErrorClass.UNKNOWN,
    count,
    oldest_at: timestamp(oldest_at),
  }))
}

/** How the connector is: configuration, shops, queue, orders, exceptions, pushes, jobs. */
export async function readStatus(container: MedusaContainer): Promise<ShopeeStatusAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const configuration = readConfiguration()
  const [shops, inbox, orders, openExceptions, jobs] = await Promise.all([
    readShops(service, configuration.shop_id),
    readInbox(service),
    service.run(measureOrders),
    readOpenExceptions(exceptions),
    readJobs(container, exceptions),
  ])
  return {
    at: timestamp(new Date()),
    configuration,
    shops,
    inbox,
    orders: sumUp(orders),
    open_exceptions: openExceptions,
    push: await readPushHealth(service, jobs, openExceptions),
    jobs,
  }
}
