import type { Context } from "@medusajs/framework/types"
import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import { executorOf } from "../../../sql-executor"
import { applyReleases } from "../sql/apply-releases"
import { claimDueEscrows } from "../sql/claim-due-escrows"
import { failEscrows } from "../sql/fail-escrows"
import { makeEscrowsDue } from "../sql/make-escrows-due"
import { releaseEscrowClaims } from "../sql/release-escrow-claims"
import { renewEscrowClaims } from "../sql/renew-escrow-claims"
import { storeEscrows } from "../sql/store-escrows"
import type { AppliedReleases, EscrowClaim, EscrowRelease, FailedEscrow, FetchedEscrow } from "../types/escrow"
import { ReturnStatements } from "./return-statements"

/** The statements of the escrow queue. What each promises is said in `sql/`. */
export class EscrowStatements extends ReturnStatements {
  @InjectManager()
  async claimDueEscrows(
    claim: { claimId: string; limit: number; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<EscrowClaim[]> {
    return await claimDueEscrows(executorOf(context), claim)
  }

  @InjectManager()
  async renewEscrowClaims(
    claim: { claimId: string; leaseMs: number },
    @MedusaContext() context: Context = {}
  ): Promise<number> {
    return await renewEscrowClaims(executorOf(context), claim)
  }

  @InjectManager()
  async releaseEscrowClaims(claimId: string, @MedusaContext() context: Context = {}): Promise<void> {
    await releaseEscrowClaims(executorOf(context), claimId)
  }

  @InjectManager()
  async storeEscrows(
    claimId: string,
    fetched: FetchedEscrow[],
    @MedusaContext() context: Context = {}
  ): Promise<string[]> {
    return await storeEscrows(executorOf(context), claimId, fetched)
  }

  @InjectManager()
  async failEscrows(claimId: string, escrows: FailedEscrow[], @MedusaContext() context: Context = {}): Promise<void> {
    await failEscrows(executorOf(context), claimId, escrows)
  }

  /** Has the escrows of these orders fetched, again where they are there already. @returns how many of the orders we know. */
  @InjectManager()
  async makeEscrowsDue(shopId: string, ordersns: string[], @MedusaContext() context: Context = {}): Promise<number> {
    return await makeEscrowsDue(executorOf(context), shopId, ordersns)
  }

  @InjectManager()
  async applyReleases(
    shopId: string,
    releases: EscrowRelease[],
    @MedusaContext() context: Context = {}
  ): Promise<AppliedReleases> {
    return await applyReleases(executorOf(context), shopId, releases)
  }
}
