import type { Context, MedusaContainer } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"
import { executorOf, type SqlExecutor } from "../../sql-executor"
import type { AuthTokenStore } from "./auth/auth-token-store"
import type { ResealedToken, StoredToken, TokenWrite } from "./types/stored-token"
import { ShopClients } from "./client/shop-clients"
import type { ShopeeClient } from "./client/shopee-client"
import type { ShopeeConfig, ShopeeNotConfigured } from "./config"
import { DrainGate } from "./inbox/drain-gate"
import { InGroups } from "./inbox/in-groups"
import { PushHints } from "./inbox/push-hints"
import { PushRecorder } from "./inbox/push-recorder"
import { processEvent } from "./inbox/process-event"
import type { Rejection } from "./inbox/reject-push"
import { RejectionBudget } from "./inbox/rejection-budget"
import { ShopeeMetrics } from "./metrics/shopee-metrics"
import { EscrowStatements } from "./service/escrow-statements"
import { claimDueOrders } from "./sql/claim-due-orders"
import { claimOrder } from "./sql/claim-order"
import { claimTokenRefresh } from "./sql/claim-token-refresh"
import { commitTokenRefresh } from "./sql/commit-token-refresh"
import { completeOrders } from "./sql/complete-orders"
import { deleteAuthToken } from "./sql/delete-auth-token"
import { endOutage } from "./sql/end-outage"
import { failOrders } from "./sql/fail-orders"
import { listPendingEvents } from "./sql/list-pending-events"
import { listSkuMappings } from "./sql/list-sku-mappings"
import { listRejectedPushes } from "./sql/list-rejected-pushes"
import { listTrackingNumbers } from "./sql/list-tracking-numbers"
import { listUnauthorizedShops, type UnauthorizedShop } from "./sql/list-unauthorized-shops"
import { listWaitingSkus } from "./sql/list-waiting-skus"
import { lockRejectedPushes } from "./sql/lock-rejected-pushes"
import { makeLostOrdersDue } from "./sql/make-lost-orders-due"
import { markEventsProcessed } from "./sql/mark-events-processed"
import { pauseShop } from "./sql/pause-shop"
import { recordEvents } from "./sql/record-events"
import { refuseAuthToken } from "./sql/refuse-auth-token"
import { releaseClaims } from "./sql/release-claims"
import { releaseTokenRefresh } from "./sql/release-token-refresh"
import { resealAuthToken } from "./sql/reseal-auth-token"
import { renewClaims } from "./sql/renew-claims"
import { selectAuthToken } from "./sql/select-auth-token"
import { storeRejectedPush } from "./sql/store-rejected-push"
import { upsertAuthorization } from "./sql/upsert-authorization"
import { upsertSkuMapping } from "./sql/upsert-sku-mapping"
import { wakeOrdersOfListing } from "./sql/wake-orders-of-listing"
import { wakeWaitingOrders } from "./sql/wake-waiting-orders"
import type {
  CompletedOrder,
  FailedOrder,
  IncomingEvent,
  OrderClaim,
  PendingEvent,
  RejectedPush,
  StoredRejection,
} from "./types/inbox"
import type { ShopeeListing, SkuMapping } from "./types/sku-mapping"

/**
 * Between two drains that follow each other. Two hundred pushes a second, each waking the inbox, made it look two hundred times a second
 * whether something is due; a push waits this much longer at most, and only behind another one.
 */
const DRAIN_REST_MS = 50

/**
 * The Shopee connector's door: CRUD on its tables, the statements of the inbox, and `processEvent`.
 *
 * Every statement lives in `sql/`; the methods here only hand it the connection.
 */
class ShopeeConnectorService extends EscrowStatements implements AuthTokenStore {
  /** Lets one drain run at a time in this process. */
  readonly drainGate = new DrainGate(DRAIN_REST_MS)
  /** Lets one run fetch escrows at a time in this process. */
  readonly escrowGate = new DrainGate()
  /** Stores pushes that come together with one statement. */
  readonly pushRecorder = new PushRecorder(async (events) => await this.recordEvents(events))
  /** Bounds what forged pushes may cost this process. */
  readonly rejectionBudget = new RejectionBudget()
  /** Writes forged pushes down in groups, one at a time: the pool's connections are for genuine ones. */
  readonly rejections = new InGroups<Rejection>()
  /** Tells of stored pushes once they are answered. */
  readonly pushHints = new PushHints()
  /** What this process counts. */
  readonly metrics = new ShopeeMetrics()
  private readonly shops = new ShopClients(this, (call) => this.metrics.observeCall(call))
  /** As `config()`, for each push: at once. @throws EnvironmentError */
  readonly currentConfig = (): ShopeeConfig | ShopeeNotConfigured => this.shops.config()

  /** Called by Medusa. A stop waits for the batch at hand, so that a deployment leaves nothing half done. */
  readonly __hooks = {
    onApplicationPrepareShutdown: async (): Promise<void> => {
      await Promise.all([this.drainGate.close(), this.escrowGate.close()])
    },
  }

  /** What the environment says about Shopee. @throws EnvironmentError */
  async config(): Promise<ShopeeConfig | ShopeeNotConfigured> {
    return this.shops.config()
  }

  /** The client of a shop. @throws ShopeeNotConfiguredError */
  async clientFor(shopId: string): Promise<ShopeeClient> {
    return this.shops.clientFor(shopId)
  }

  /**
   * Handles one stored event now, to its end, instead of waiting for the inbox to come to it.
   *
   * @throws MedusaError (not_found) for an unknown id, and the error that the order failed with.
   */
  async processEvent(rawEventId: string, container: MedusaContainer): Promise<void> {
    await processEvent(rawEventId, container)
  }

  /** Runs statements of `sql/` for a room that has many of its own and needs no transaction: the operator's desk, retries. */
  @InjectManager()
  async run<Answer>(
    statement: (sql: SqlExecutor) => Promise<Answer>,
    @MedusaContext() context: Context = {}
  ): Promise<Answer> {
    return await statement(executorOf(context))
  }

  // --- inbox -------------------------------------------------------------------------------------------------------------

  /** The single way into the inbox. @returns ids of the events that were new. */
  @InjectManager()
  async recordEvents(events: IncomingEvent[], @MedusaContext() context: Context = {}): Promise<string[]> {
    return await recordEvents(executorOf(context), events)
  }

  /** @returns the id of the stored row, or null when the hourly bound was reached. */
  async storeRejectedPush(push: RejectedPush, maxPerHour: number): Promise<string | null> {
    const [id] = await this.storeRejectedPushes([push], maxPerHour)
    return id ?? null
  }

  /** Stores rejected pushes in one transaction. @returns an id for each, null from where the hourly bound was reached. */
  @InjectManager()
  async storeRejectedPushes(
    pushes: RejectedPush[],
    maxPerHour: number,
    @MedusaContext() context: Context = {}
  ): Promise<(string | null)[]> {
    return await this.storeRejectedPushes_(pushes, maxPerHour, context)
  }

  @InjectTransactionManager()
  protected async storeRejectedPushes_(
    pushes: RejectedPush[],
    maxPerHour: number,
    @MedusaContext() context: Context = {}
  ): Promise<(string | null)[]> {
    const executor = executorOf(context)
    await lockRejectedPushes(executor)
    const ids: (string | null)[] = []
    // One by one: each may have a megabyte, and a statement of twenty would hold the event loop.
    for (const push of pushes) {
      ids.push(await storeRejectedPush(executor, push, maxPerHour))
    }
    return ids
  }

  @InjectManager()
  async listRejectedPushes(limit: number, @MedusaContext() context: Context = {}): Promise<StoredRejection[]> {
    return await listRejectedPushes(executorOf(context), limit)
  }

  @InjectManager()
  async claimDueOrders(
    claim: { claimId: string; limit: number; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<OrderClaim[]> {
    return await claimDueOrders(executorOf(context), claim)
  }

  @InjectManager()
  async claimOrder(
    claim: { shopId: string; ordersn: string; claimId: string; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<OrderClaim | null> {
    return await claimOrder(executorOf(context), claim)
  }

  @InjectManager()
  async renewClaims(
    claim: { claimId: string; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    return (await renewClaims(executorOf(context), claim)).length
  }

  @InjectManager()
  async keepClaimedOrders(
    claim: { claimId: string; ids: string[]; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<string[]> {
    return await renewClaims(executorOf(context), claim)
  }

  @InjectManager()
  async releaseClaims(claimId: string, @MedusaContext() context: Context = {}): Promise<void> {
    await releaseClaims(executorOf(context), claimId)
  }

  @InjectManager()
  async completeOrders(
    claimId: string,
    orders: CompletedOrder[],
    @MedusaContext() context: Context = {}
  ): Promise<string[]> {
    const completed = await completeOrders(executorOf(context), claimId, orders)
    completed.forEach(({ waitedSeconds }) => waitedSeconds !== null && this.metrics.observeOrder(waitedSeconds))
    return completed.map(({ id }) => id)
  }

  @InjectManager()
  async failOrders(claimId: string, orders: FailedOrder[], @MedusaContext() context: Context = {}): Promise<string[]> {
    return await failOrders(executorOf(context), claimId, orders)
  }

  /** @returns how many of these orders the claim had lost to another worker, and are due again. */
  @InjectManager()
  async makeLostOrdersDue(claimId: string, ids: string[], @MedusaContext() context: Context = {}): Promise<number> {
    return await makeLostOrdersDue(executorOf(context), claimId, ids)
  }

  @InjectManager()
  async listWaitingSkus(@MedusaContext() context: Context = {}): Promise<string[]> {
    return await listWaitingSkus(executorOf(context))
  }

  /** @returns how many held orders became due. */
  @InjectManager()
  async wakeWaitingOrders(skus: string[], @MedusaContext() context: Context = {}): Promise<number> {
    return await wakeWaitingOrders(executorOf(context), skus)
  }

  @InjectManager()
  async listPendingEvents(limit: number, @MedusaContext() context: Context = {}): Promise<PendingEvent[]> {
    return await listPendingEvents(executorOf(context), limit)
  }

  @InjectManager()
  async markEventsProcessed(ids: string[], @MedusaContext() context: Context = {}): Promise<void> {
    await markEventsProcessed(executorOf(context), ids)
  }

  /** Tracking numbers by package number, by order_sn. */
  @InjectManager()
  async listTrackingNumbers(
    orders: { shopId: string; ordersn: string }[],
    @MedusaContext() context: Context = {}
  ): Promise<Map<string, Map<string, string>>> {
    const byOrder = new Map<string, Map<string, string>>()
    for (const { ordersn, packageNumber, trackingNumber } of await listTrackingNumbers(executorOf(context), orders)) {
      byOrder.set(ordersn, (byOrder.get(ordersn) ?? new Map<string, string>()).set(packageNumber, trackingNumber))
    }
    return byOrder
  }

  // --- what listings sell ------------------------------------------------------------------------------------------------

  /** What a person decided that these listings sell; listings nobody decided about are missing. */
  @InjectManager()
  async listSkuMappings(listings: ShopeeListing[], @MedusaContext() context: Context = {}): Promise<SkuMapping[]> {
    return await listSkuMappings(executorOf(context), listings)
  }

  /** Sets what a listing sells and makes the orders due that wait for it, in one transaction. */
  @InjectManager()
  async setSkuMapping(
    mapping: SkuMapping,
    createdBy: string | null,
    @MedusaContext() context: Context = {}
  ): Promise<{ id: string; releasedOrders: number }> {
    return await this.setSkuMapping_(mapping, createdBy, context)
  }

  @InjectTransactionManager()
  protected async setSkuMapping_(
    mapping: SkuMapping,
    createdBy: string | null,
    @MedusaContext() context: Context = {}
  ): Promise<{ id: string; releasedOrders: number }> {
    const executor = executorOf(context)
    const id = await upsertSkuMapping(executor, mapping, createdBy)
    return { id, releasedOrders: await wakeOrdersOfListing(executor, mapping) }
  }

  // --- shops -------------------------------------------------------------------------------------------------------------

  @InjectManager()
  async listUnauthorizedShops(@MedusaContext() context: Context = {}): Promise<UnauthorizedShop[]> {
    return await listUnauthorizedShops(executorOf(context))
  }

  /** @returns how many calls in a row have failed. */
  @InjectManager()
  async pauseShop(
    pause: { shopId: string; baseMs: number; capMs: number; atLeastMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    return await pauseShop(executorOf(context), pause)
  }

  /** @returns true when the call that succeeded ended an outage. */
  @InjectManager()
  async endOutage(shopId: string, @MedusaContext() context: Context = {}): Promise<boolean> {
    return await endOutage(executorOf(context), shopId)
  }

  // --- tokens (AuthTokenStore: what each promises is said there) ------------------------------------------------------------

  @InjectManager()
  async readAuthToken(shopId: string, @MedusaContext() context: Context = {}): Promise<StoredToken | null> {
    return await selectAuthToken(executorOf(context), shopId)
  }

  @InjectManager()
  async storeAuthorization(write: TokenWrite, @MedusaContext() context: Context = {}): Promise<number> {
    return await upsertAuthorization(executorOf(context), write)
  }

  @InjectManager()
  async claimTokenRefresh(
    claim: { shopId: string; version: number; claimId: string; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await claimTokenRefresh(executorOf(context), claim)
  }

  @InjectManager()
  async commitTokenRefresh(
    write: TokenWrite,
    fence: { version: number; claimId: string },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await commitTokenRefresh(executorOf(context), write, fence)
  }

  @InjectManager()
  async releaseTokenRefresh(
    release: { shopId: string; claimId: string; retryAfterMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await releaseTokenRefresh(executorOf(context), release)
  }

  @InjectManager()
  async refuseAuthToken(
    refusal: { shopId: string; version: number; claimId: string; reason: string },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await refuseAuthToken(executorOf(context), refusal)
  }

  @InjectManager()
  async resealAuthToken(resealed: ResealedToken, @MedusaContext() context: Context = {}): Promise<boolean> {
    return await resealAuthToken(executorOf(context), resealed)
  }

  @InjectManager()
  async deleteAuthToken(shopId: string, @MedusaContext() context: Context = {}): Promise<void> {
    await deleteAuthToken(executorOf(context), shopId)
  }
}

export default ShopeeConnectorService
