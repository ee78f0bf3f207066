import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext, MedusaService } from "@medusajs/framework/utils"
import { executorOf } from "../../../sql-executor"
import ShopeeAuthToken from "../models/shopee-auth-token"
import ShopeeBackfill from "../models/shopee-backfill"
import ShopeeAuthorizationRequest from "../models/shopee-authorization-request"
import ShopeeEscrow from "../models/shopee-escrow"
import ShopeeOrderSync from "../models/shopee-order-sync"
import ShopeeRawEvent from "../models/shopee-raw-event"
import ShopeeReconcileRun from "../models/shopee-reconcile-run"
import ShopeeReturn from "../models/shopee-return"
import ShopeeSkuMapping from "../models/shopee-sku-mapping"
import { adoptGaps } from "../sql/adopt-gaps"
import { advanceBackfill } from "../sql/advance-backfill"
import { beginReconcileRun } from "../sql/begin-reconcile-run"
import { completeReconcileRun } from "../sql/complete-reconcile-run"
import { countBackfillEvents } from "../sql/count-backfill-events"
import { countDueOrders } from "../sql/count-due-orders"
import { failReconcileRun } from "../sql/fail-reconcile-run"
import { listAuthorizedShops } from "../sql/list-authorized-shops"
import { listEscrowsToRefresh } from "../sql/list-escrows-to-refresh"
import { listLateSettlements } from "../sql/list-late-settlements"
import { listOrderStates } from "../sql/list-order-states"
import { listShopsToBackfill } from "../sql/list-shops-to-backfill"
import { listShortPayouts } from "../sql/list-short-payouts"
import { nextOpenBackfill } from "../sql/next-open-backfill"
import { noteBackfillError } from "../sql/note-backfill-error"
import { settleBackfills } from "../sql/settle-backfills"
import { settleReconcileRuns } from "../sql/settle-reconcile-runs"
import type { LateSettlement, ShortPayout } from "../types/escrow"
import type { OpenBackfill, OrderState, ReconcileResult, SettledBackfill, SettledReconcile } from "../types/recovery"

/** CRUD on the connector's tables, and the statements of recovery: reconciliation, backfill, and the
 * nightly look at settlements. What each promises is said in `sql/`. */
export class RecoveryStatements extends MedusaService({
  ShopeeRawEvent,
  ShopeeOrderSync,
  ShopeeEscrow,
  ShopeeAuthToken,
  ShopeeReconcileRun,
  ShopeeBackfill,
  ShopeeReturn,
  ShopeeSkuMapping,
  ShopeeAuthorizationRequest,
}) {
  @InjectManager()
  async listAuthorizedShops(@MedusaContext() context: Context = {}): Promise<string[]> {
    return await listAuthorizedShops(executorOf(context))
  }

  @InjectManager()
  async listOrderStates(
    shopId: string,
    ordersns: string[],
    @MedusaContext() context: Context = {}
  ): Promise<OrderState[]> {
    return await listOrderStates(executorOf(context), shopId, ordersns)
  }

  @InjectManager()
  async countDueOrders(shopId: string, @MedusaContext() context: Context = {}): Promise<number> {
    return await countDueOrders(executorOf(context), shopId)
  }

  @InjectManager()
  async beginReconcileRun(
    run: { runId: string; shopId: string; from: Date; to: Date },
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await beginReconcileRun(executorOf(context), run)
  }

  @InjectManager()
  async completeReconcileRun(result: ReconcileResult, @MedusaContext() context: Context = {}): Promise<void> {
    await completeReconcileRun(executorOf(context), result)
  }

  @InjectManager()
  async failReconcileRun(runId: string, error: string, @MedusaContext() context: Context = {}): Promise<void> {
    await failReconcileRun(executorOf(context), runId, error)
  }

  @InjectManager()
  async settleReconcileRuns(@MedusaContext() context: Context = {}): Promise<SettledReconcile[]> {
    return await settleReconcileRuns(executorOf(context))
  }

  // --- backfill -----------------------------------------------------------------------------------------------------------

  @InjectManager()
  async adoptGaps(
    options: { marginMs: number; windowMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await adoptGaps(executorOf(context), options)
  }

  @InjectManager()
  async listShopsToBackfill(@MedusaContext() context: Context = {}): Promise<string[]> {
    return await listShopsToBackfill(executorOf(context))
  }

  @InjectManager()
  async nextOpenBackfill(shopId: string, @MedusaContext() context: Context = {}): Promise<OpenBackfill | null> {
    return await nextOpenBackfill(executorOf(context), shopId)
  }

  @InjectManager()
  async advanceBackfill(
    window: { id: string; windowsDone: number; ordersSeen: number },
    @MedusaContext() context: Context = {}
  ): Promise<boolean> {
    return await advanceBackfill(executorOf(context), window)
  }

  @InjectManager()
  async noteBackfillError(id: string, error: string, @MedusaContext() context: Context = {}): Promise<void> {
    await noteBackfillError(executorOf(context), id, error)
  }

  @InjectManager()
  async countBackfillEvents(
    id: string,
    @MedusaContext() context: Context = {}
  ): Promise<{ injected_count: number; done_count: number }> {
    return await countBackfillEvents(executorOf(context), id)
  }

  @InjectManager()
  async settleBackfills(@MedusaContext() context: Context = {}): Promise<SettledBackfill[]> {
    return await settleBackfills(executorOf(context))
  }

  // --- settlements --------------------------------------------------------------------------------------------------------

  @InjectManager()
  async listEscrowsToRefresh(
    options: { shopId: string; sinceMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<string[]> {
    return await listEscrowsToRefresh(executorOf(context), options)
  }

  @InjectManager()
  async listLateSettlements(
    options: { shopId: string; lateAfterMs: number; sinceMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<LateSettlement[]> {
    return await listLateSettlements(executorOf(context), options)
  }

  @InjectManager()
  async listShortPayouts(shopId: string, @MedusaContext() context: Context = {}): Promise<ShortPayout[]> {
    return await listShortPayouts(executorOf(context), shopId)
  }
}
