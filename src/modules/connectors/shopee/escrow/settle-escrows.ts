import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { escrowSubject, outageSubject, shopSubject } from "../../shared/exception-subject"
import { nextAttempt } from "../../shared/retry-policy"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import { ShopeeCallError } from "../client/shopee-errors"
import { NormalizationError } from "../normalizers/normalization-error"
import type ShopeeConnectorService from "../service"
import type { EscrowClaim, FailedEscrow, FetchedEscrow } from "../types/escrow"

/** How fetching one escrow ended. */
export type EscrowOutcome = { claim: EscrowClaim; fetched: FetchedEscrow } | { claim: EscrowClaim; error: unknown }

/** Settled by an escrow that was fetched. Its mismatch isn't: that goes once the components add up. */
const FETCH_FAILURES = [ErrorClass.ESCROW_FETCH_FAILED, ErrorClass.RETRY_EXHAUSTED]

/**
 * Writes down how a batch of escrows ended: what was fetched is stored, what failed gets its exception and the time of the next attempt,
 * and an escrow whose components don't come to its amount is told to a person.
 *
 * Exceptions are raised before the claims end, so that a crash in between leaves an escrow that is fetched again, and never one that
 * nobody hears of.
 */
export async function settleEscrows(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  { shopId, claimId }: { shopId: string; claimId: string },
  outcomes: EscrowOutcome[]
): Promise<void> {
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const now = new Date()
  const fetched = outcomes.filter((outcome) => "fetched" in outcome)
  const failures = outcomes.flatMap((outcome) =>
    "fetched" in outcome ? [] : [toFailure(outcome.claim, outcome.error, now)]
  )
  const mismatches = fetched.filter((outcome) => !outcome.fetched.check.adds_up)

  await exceptions.raiseExceptions([
    ...failures.flatMap(({ findings }) => findings),
    ...mismatches.map((outcome) => toMismatch(outcome.claim, outcome.fetched)),
  ])
  await service.storeEscrows(
    claimId,
    fetched.map((outcome) => outcome.fetched)
  )
  await service.failEscrows(
    claimId,
    failures.map(({ escrow }) => escrow)
  )
  const subjects = (settled: { claim: EscrowClaim }[]) =>
    settled.map(({ claim }) => escrowSubject(claim.shopId, claim.ordersn))
  const settle = async (settled: string[], classes: ErrorClass[]) =>
    await exceptions.resolveSubjects(ConnectorName.SHOPEE, settled, "system", null, classes)
  await settle([outageSubject(shopId), shopSubject(shopId)], [ErrorClass.SDK_TRANSIENT, ErrorClass.TOKEN_EXPIRED])
  await settle(subjects(fetched), FETCH_FAILURES)
  await settle(subjects(fetched.filter((outcome) => outcome.fetched.check.adds_up)), [ErrorClass.ESCROW_MISMATCH])
}

const aboutEscrow = (claim: EscrowClaim) => ({
  connector: ConnectorName.SHOPEE,
  subject: escrowSubject(claim.shopId, claim.ordersn),
  raw_event_id: claim.lastRawEventId,
  ordersn: claim.ordersn,
  shop_id: claim.shopId,
})

function toFailure(
  claim: EscrowClaim,
  error: unknown,
  now: Date
): { escrow: FailedEscrow; findings: ExceptionFinding[] } {
  const message = error instanceof Error ? error.message : String(error)
  const attempts = claim.attempts + 1
  const finding: ExceptionFinding = {
    ...aboutEscrow(claim),
    error_class: ErrorClass.ESCROW_FETCH_FAILED,
    error_message: `The escrow of order ${claim.ordersn} could not be fetched: ${message}`,
    details: factsOf(error),
  }
  const next = nextAttempt(finding.error_class, attempts, claim.firstFailedAt ?? now, now, Math.random)
  if ("retryInMs" in next) {
    return { escrow: { id: claim.id, retryInMs: next.retryInMs }, findings: [finding] }
  }
  return {
    escrow: { id: claim.id, retryInMs: null },
    findings: [
      finding,
      {
        ...aboutEscrow(claim),
        error_class: ErrorClass.RETRY_EXHAUSTED,
        error_message: `The escrow of order ${claim.ordersn} could not be fetched ${attempts} times, last because: ${message}`,
        details: {
          attempts,
          first_failed_at: claim.firstFailedAt?.toISOString() ?? null,
          source_error_class: finding.error_class,
        },
      },
    ],
  }
}

function factsOf(error: unknown): ExceptionFinding["details"] {
  if (error instanceof ShopeeCallError) {
    return { endpoint: error.endpoint, error_code: error.code, request_id: error.requestId }
  }
  return error instanceof NormalizationError ? { field: error.field } : {}
}

function toMismatch(claim: EscrowClaim, { escrow, check }: FetchedEscrow): ExceptionFinding {
  const sum = check.components.map(({ name, amount }) => `${name} ${amount}`).join(", ")
  return {
    ...aboutEscrow(claim),
    error_class: ErrorClass.ESCROW_MISMATCH,
    error_message:
      `The escrow of order ${claim.ordersn} is ${escrow.escrow_amount} ${escrow.currency}, but its components come to ` +
      `${check.computed} (difference ${check.difference}): ${sum || "none"}.`,
    details: { expected: check.computed, found: String(escrow.escrow_amount), currency: escrow.currency },
  }
}
