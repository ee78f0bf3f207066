import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { WEBHOOK_SIGNATURE_SUBJECT } from "../../shared/exception-subject"
import { redactSecrets } from "../../shared/redaction"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import type { RejectedPush } from "../types/inbox"
import type { PushRejection } from "../webhook/authenticate-push"
import type { ReceivedPush } from "./receive-push"
import { MAX_REJECTED_PER_HOUR } from "./rejection-budget"
import { requestReconciliation } from "./request-reconciliation"

/** Whoever forges pushes must not keep us comparing all day. */
const RECONCILE_NOT_WITHIN_MS = 15 * 60_000

const REJECTION_MEANING: Record<PushRejection, string> = {
  missing_authorization: "it carries no Authorization header",
  malformed_authorization: "its Authorization header has not the form of a signature",
  digest_mismatch: "its signature fits none of the configured keys",
}

/** What is to be written down of rejected pushes. */
export interface Rejection {
  /** null = nothing is kept of them, they are only counted. */
  push: RejectedPush | null
  reason: PushRejection
  count: number
}

/**
 * Stores and reports a push that is not authentic and that the budget admitted; both are done when this resolves.
 *
 * @throws what the database says
 */
export async function keepRejection(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  push: ReceivedPush,
  reason: PushRejection
): Promise<void> {
  const kept = { rawBody: push.rawBody.toString("base64"), signature: push.authorization ?? null, reason }
  const count = service.rejectionBudget.count(Date.now(), true)
  await write(container, service, { push: kept, reason, count })
}

/** Counts a push of which nothing is kept. The number is reported every few seconds, and nobody waits for that. */
export function countRejection(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  reason: PushRejection
): void {
  const report = (count: number): void => {
    write(container, service, { push: null, reason, count }).catch((error: unknown) => {
      const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
      logger.warn(`[shopee-webhook] ${count} rejected pushes could not be counted: ${redactSecrets(String(error))}`)
    })
  }
  const count = service.rejectionBudget.count(Date.now(), false)
  if (count > 0) {
    report(count)
  } else {
    service.rejectionBudget.reportLater(report)
  }
}

async function write(container: MedusaContainer, service: ShopeeConnectorService, rejection: Rejection): Promise<void> {
  await service.rejections.join(rejection, async (group) => await writeDown(container, service, group))
}

/** Stores, reports and logs a group of rejections: a flood's first twenty come at once. */
async function writeDown(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  group: Rejection[]
): Promise<void> {
  const pushes = group.flatMap(({ push }) => push ?? [])
  const ids = pushes.length > 0 ? await service.storeRejectedPushes(pushes, MAX_REJECTED_PER_HOUR) : []
  const now = Date.now()
  // What comes with a wrong key is not believed, and may be genuine all the same: Shopee's list tells (product §3).
  if (pushes.length > 0 && service.rejectionBudget.isRequestDue(now)) {
    await requestReconciliation(container, service, { notWithinMs: RECONCILE_NOT_WITHIN_MS })
    service.rejectionBudget.noteRequest(now)
  }
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).raiseExceptions(
    group.map(({ push, reason, count }) => ({
      connector: ConnectorName.SHOPEE,
      subject: WEBHOOK_SIGNATURE_SUBJECT,
      error_class: ErrorClass.SIGNATURE_MISMATCH,
      error_message: `A push was not authentic: ${REJECTION_MEANING[reason]}. Nothing in it was believed.`,
      raw_event_id: push === null ? null : (ids[pushes.indexOf(push)] ?? null),
      count,
    }))
  )
  const rejected = group.reduce((sum, { count }) => sum + count, 0)
  const kept = ids.filter((id) => id !== null).length
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .warn(`[shopee-webhook] Pushes that were not authentic: ${rejected}, of which ${kept} are kept.`)
}
