import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import {
  orderSubject,
  outageSubject,
  returnsOutageSubject,
  returnSubject,
  shopSubject,
} from "../../shared/exception-subject"
import { failPoint } from "../../shared/fail-point"
import { nextAttempt } from "../../shared/retry-policy"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import type ShopeeConnectorService from "../service"
import { MOST_REREADS } from "../sql/complete-orders"
import type { FailedOrder, OrderClaim } from "../types/inbox"
import type { OrderProblem } from "../types/plan"
import { classifyFailure } from "./classify-failure"
import { LEASE_MS } from "./lease"
import type { OrderOutcome } from "./order-work"
import { ReturnsUnreadableError } from "./read-returns"
import { toReturnFindings } from "./return-findings"

/** What is oversold, or went wrong with parcels, waits for a person. */
const FOR_A_PERSON: readonly ErrorClass[] = [
  ErrorClass.OVERSOLD,
  ErrorClass.CANCELLED_AFTER_SHIPPING,
  ErrorClass.PIECES_CANCELLED_AFTER_SHIPPING,
  ErrorClass.PARCEL_MISMATCH,
]

/** Classes that an order's success settles. */
const SETTLED_BY_SUCCESS = Object.values(ErrorClass).filter((errorClass) => !FOR_A_PERSON.includes(errorClass))

/** What a person is told about a problem of an order that did not fail. */
const PROBLEMS: Record<OrderProblem, (claim: OrderClaim) => Pick<ExceptionFinding, "error_class" | "error_message">> = {
  cancelled_after_shipping: ({ ordersn }) => ({
    error_class: ErrorClass.CANCELLED_AFTER_SHIPPING,
    error_message: `Shopee cancelled order ${ordersn} after it was shipped. The buyer's money was refunded; the goods are on their way.`,
  }),
  pieces_cancelled_after_shipping: ({ ordersn }) => ({
    error_class: ErrorClass.PIECES_CANCELLED_AFTER_SHIPPING,
    error_message: `Shopee cancelled pieces of order ${ordersn} that had been shipped or packed by hand. They stay in the order; its total follows Shopee's.`,
  }),
  parcel_mismatch: ({ ordersn }) => ({
    error_class: ErrorClass.PARCEL_MISMATCH,
    error_message: `All parcels of order ${ordersn} have left, but some of its pieces are in none of them: Shopee changed what the parcels hold.`,
  }),
}

interface Failure {
  order: FailedOrder
  findings: ExceptionFinding[]
}

const aboutShop = ({ shopId }: OrderClaim) => ({ connector: ConnectorName.SHOPEE, shop_id: shopId })

const aboutOrder = (claim: OrderClaim) => ({
  connector: ConnectorName.SHOPEE,
  subject: orderSubject(claim.shopId, claim.ordersn),
  raw_event_id: claim.lastRawEventId,
  ordersn: claim.ordersn,
  shop_id: claim.shopId,
})

function toFailure(claim: OrderClaim, error: unknown, now: Date): Failure {
  const { errorClass, message, details, waitingSkus, waitingListings } = classifyFailure(error)
  // Not reading returns at all is one trouble, however many orders it delays.
  const isOutage = error instanceof ReturnsUnreadableError && error.isOutage
  const about = isOutage ? { ...aboutShop(claim), subject: returnsOutageSubject(claim.shopId) } : aboutOrder(claim)
  const findings: ExceptionFinding[] = [{ ...about, error_class: errorClass, error_message: message, details }]
  const attempts = claim.attempts + 1
  const next = nextAttempt(errorClass, attempts, claim.firstFailedAt ?? now, now, Math.random)
  const order = { id: claim.id, dueVersion: claim.dueVersion, waitingSkus, waitingListings }
  if ("retryInMs" in next) {
    return { order: { ...order, retryInMs: next.retryInMs }, findings }
  }
  if (claim.firstFailedAt !== null && isRetried(errorClass, now)) {
    findings.push({
      ...aboutOrder(claim),
      error_class: ErrorClass.RETRY_EXHAUSTED,
      error_message: `Order ${claim.ordersn} failed ${attempts} times, last with: ${message}`,
      details: { attempts, first_failed_at: claim.firstFailedAt.toISOString(), source_error_class: errorClass },
    })
  }
  return { order: { ...order, retryInMs: null }, findings }
}

/** Whether the class is retried at all: a held class has no attempts that could be used up. */
const isRetried = (errorClass: ErrorClass, now: Date): boolean =>
  "retryInMs" in nextAttempt(errorClass, 1, now, now, Math.random)

/** Tells of readings that are taken for the truth although they never caught up with what an event had told. */
function noteLateReadings(container: MedusaContainer, outcomes: OrderOutcome[]): void {
  for (const outcome of outcomes) {
    const { heardUpdateTime, shopeeUpdateTime, rereads, ordersn } = outcome.claim
    if (!outcome.succeeded || heardUpdateTime === null || rereads < MOST_REREADS) {
      continue
    }
    const newest = Math.max(outcome.order.updated_at.getTime(), shopeeUpdateTime?.getTime() ?? 0)
    if (newest < heardUpdateTime.getTime()) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(
          `[shopee-inbox] Shopee announced a change of order ${ordersn} at ${heardUpdateTime.toISOString()}, but its answers ` +
            `stay at ${new Date(newest).toISOString()}. They are accepted; the next event or reconciliation looks again.`
        )
    }
  }
}

/**
 * Writes down how a batch ended: finished orders are completed and their exceptions settled, failed ones get their exception and the time of
 * the next attempt.
 *
 * Exceptions are raised before the order is given back, so that a crash in between leaves an order that is tried again, and never one
 * that is held without anybody knowing.
 */
export async function settleOutcomes(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  { shopId, claimId }: { shopId: string; claimId: string },
  outcomes: OrderOutcome[]
): Promise<void> {
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const now = new Date()
  const successes = outcomes.filter((outcome) => outcome.succeeded)
  const failures = outcomes.flatMap((outcome) =>
    outcome.succeeded ? [] : [toFailure(outcome.claim, outcome.error, now)]
  )
  // What failed because another worker has the order is no failure, and nobody's business.
  const held = new Set(
    failures.length === 0
      ? []
      : await service.keepClaimedOrders({ claimId, ids: failures.map(({ order }) => order.id), leaseMs: LEASE_MS })
  )

  await exceptions.raiseExceptions([
    ...successes.flatMap(({ claim, problems }) =>
      problems.flatMap((report) =>
        "returnSn" in report ? [] : [{ ...aboutOrder(claim), ...PROBLEMS[report.problem](claim) }]
      )
    ),
    ...successes.flatMap(({ claim, problems }) =>
      toReturnFindings(claim.ordersn, problems).map((finding) => ({
        ...aboutOrder(claim),
        ...finding,
        subject: returnSubject(claim.shopId, finding.returnSn),
      }))
    ),
    ...failures.flatMap(({ order, findings }) => (held.has(order.id) ? findings : [])),
    ...successes.flatMap(({ claim, oversoldSkus }): ExceptionFinding[] =>
      oversoldSkus.length === 0
        ? []
        : [
            {
              ...aboutOrder(claim),
              error_class: ErrorClass.OVERSOLD,
              error_message: `Order ${claim.ordersn} was imported, but there is not enough stock of ${oversoldSkus.join(", ")}.`,
              details: { skus: oversoldSkus },
            },
          ]
    ),
  ])
  noteLateReadings(container, outcomes)
  failPoint("outcomes-known")
  const completed = await service.completeOrders(
    claimId,
    successes.map(({ claim, order, medusaOrderId }) => ({
      id: claim.id,
      dueVersion: claim.dueVersion,
      medusaOrderId,
      shopeeStatus: order.shopee_status,
      shopeeUpdateTime: order.updated_at,
    }))
  )
  const postponed = await service.failOrders(
    claimId,
    failures.map(({ order }) => order)
  )
  await lookAgainAtLost(container, service, claimId, outcomes, new Set([...completed, ...postponed]))
  await exceptions.resolveSubjects(
    ConnectorName.SHOPEE,
    [
      outageSubject(shopId),
      shopSubject(shopId),
      ...successes.map(({ claim }) => orderSubject(claim.shopId, claim.ordersn)),
      ...successes.flatMap(({ claim, problems, returnSns }) =>
        returnSns
          .filter((returnSn) => problems.every((report) => !("returnSn" in report) || report.returnSn !== returnSn))
          .map((returnSn) => returnSubject(claim.shopId, returnSn))
      ),
      ...(successes.some(({ hasReadReturns }) => hasReadReturns) ? [returnsOutageSubject(shopId)] : []),
    ],
    "system",
    null,
    SETTLED_BY_SUCCESS
  )
}

/** Orders that another worker took over while this one worked on them have to be looked at once more. */
async function lookAgainAtLost(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  claimId: string,
  outcomes: OrderOutcome[],
  settled: ReadonlySet<string>
): Promise<void> {
  const missing = outcomes.map(({ claim }) => claim.id).filter((id) => !settled.has(id))
  if (missing.length === 0) {
    return
  }
  const lost = await service.makeLostOrdersDue(claimId, missing)
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(
      `[shopee-inbox] Claim ${claimId} lost ${lost} orders to another worker while it worked; they are looked at again.`
    )
}
