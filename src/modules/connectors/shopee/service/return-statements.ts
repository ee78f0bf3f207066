import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import { executorOf } from "../../../sql-executor"
import { listReturnHints, type ReturnHint } from "../sql/list-return-hints"
import { listReturns } from "../sql/list-returns"
import { storeReturns } from "../sql/store-returns"
import type { KnownReturn } from "../types/normalized-return"
import { WatchStatements } from "./watch-statements"

/** The statements about returns. What each promises is said in `sql/`. */
export class ReturnStatements extends WatchStatements {
  @InjectManager()
  async listReturns(
    shopId: string,
    ordersns: string[],
    @MedusaContext() context: Context = {}
  ): Promise<KnownReturn[]> {
    return await listReturns(executorOf(context), shopId, ordersns)
  }

  @InjectManager()
  async listReturnHints(
    shopId: string,
    ordersns: string[],
    @MedusaContext() context: Context = {}
  ): Promise<ReturnHint[]> {
    return await listReturnHints(executorOf(context), shopId, ordersns)
  }

  @InjectManager()
  async storeReturns(
    shopId: string,
    returns: Omit<KnownReturn, "refund_paid_at">[],
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await storeReturns(executorOf(context), shopId, returns)
  }
}
