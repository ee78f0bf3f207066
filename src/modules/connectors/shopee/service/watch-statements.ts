import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import { executorOf } from "../../../sql-executor"
import { forgetBuyers } from "../sql/forget-buyers"
import { lastPushAt } from "../sql/last-push-at"
import { measureAuthorizations } from "../sql/measure-authorizations"
import { measureInbox } from "../sql/measure-inbox"
import { purgeEscrows } from "../sql/purge-escrows"
import { purgeRawEvents } from "../sql/purge-raw-events"
import { purgeReplacedAddresses } from "../sql/purge-replaced-addresses"
import { type AuthorizationEnd, selectAuthorizationEnd } from "../sql/select-authorization-end"
import { storeAuthorizationEnd } from "../sql/store-authorization-end"
import type { AuthorizationLife, InboxLevels } from "../types/metrics"
import { RecoveryStatements } from "./recovery-statements"

/** The statements by which the connector is watched: levels, authorisations, pushes, the age of data. What each promises is said in `sql/`. */
export class WatchStatements extends RecoveryStatements {
  @InjectManager()
  async measureInbox(@MedusaContext() context: Context = {}): Promise<InboxLevels> {
    return await measureInbox(executorOf(context))
  }

  @InjectManager()
  async measureAuthorizations(@MedusaContext() context: Context = {}): Promise<AuthorizationLife[]> {
    return await measureAuthorizations(executorOf(context))
  }

  @InjectManager()
  async readAuthorizationEnd(shopId: string, @MedusaContext() context: Context = {}): Promise<AuthorizationEnd | null> {
    return await selectAuthorizationEnd(executorOf(context), shopId)
  }

  @InjectManager()
  async storeAuthorizationEnd(
    shopId: string,
    endsAt: Date | null,
    @MedusaContext() context: Context = {}
  ): Promise<void> {
    await storeAuthorizationEnd(executorOf(context), shopId, endsAt)
  }

  @InjectManager()
  async lastPushAt(@MedusaContext() context: Context = {}): Promise<Date | null> {
    return await lastPushAt(executorOf(context))
  }

  @InjectManager()
  async purgeRawEvents(
    batch: { days: number; limit: number },
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    return await purgeRawEvents(executorOf(context), batch)
  }

  @InjectManager()
  async purgeEscrows(batch: { days: number; limit: number }, @MedusaContext() context: Context = {}): Promise<number> {
    return await purgeEscrows(executorOf(context), batch)
  }

  @InjectManager()
  async forgetBuyers(batch: { days: number; limit: number }, @MedusaContext() context: Context = {}): Promise<number> {
    return await forgetBuyers(executorOf(context), batch)
  }

  @InjectManager()
  async purgeReplacedAddresses(
    batch: { days: number; limit: number },
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    return await purgeReplacedAddresses(executorOf(context), batch)
  }
}
