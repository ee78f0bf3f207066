import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, EventPriority, Modules } from "@medusajs/framework/utils"
import { redactSecrets } from "../../shared/redaction"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { WEBHOOK_SIGNATURE_SUBJECT } from "../../shared/exception-subject"
import { failPoint } from "../../shared/fail-point"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { PushCode } from "../types/enums"
import { RAW_EVENT_CREATED } from "../types/events"
import type { PushResult } from "../types/metrics"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { isUnreadable } from "../types/push"
import { authenticatePush, type PushAuthenticity, type PushRejection } from "../webhook/authenticate-push"
import { parsePush } from "../webhook/parse-push"
import { toIncomingEvent } from "./incoming-event"
import { MAX_REJECTED_PER_HOUR } from "./rejection-budget"
import { requestReconciliation } from "./request-reconciliation"
import { wakeInbox } from "./drain"

/** A push as it came in. */
export interface ReceivedPush {
  /** The exact bytes of the body. */
  rawBody: Buffer
  /** The `Authorization` header. */
  authorization: string | undefined
}

/**
 * - `stored`: it is ours now, or was already, or is Shopee's check of the URL, or is a rejected one: 200
 * - `try_again`: it can't be verified or stored now: 503, and Shopee keeps it
 */
export type PushReceipt = "stored" | "try_again"

const RECEIPTS: Record<PushResult, PushReceipt> = {
  stored: "stored",
  duplicate: "stored",
  probe: "stored",
  rejected: "stored",
  unverifiable: "try_again",
  failed: "try_again",
}

/** Shopee waits 3 s for an answer. A 503 in time makes it try again; no answer counts as a failure of ours as well. */
const STORE_DEADLINE_MS = 2_500

/** The bus logs every event that isn't internal: the push has its line in the log already, and at two hundred a second two are felt. */
const HINT_OPTIONS = { internal: true, priority: EventPriority.DEFAULT }

/** A probe is a hundred bytes; a forger's body must not cost more than its digest. */
const LARGEST_PROBE_BYTES = 4_096

/** Whoever forges pushes must not keep us comparing all day. */
const RECONCILE_NOT_WITHIN_MS = 15 * 60_000

const REJECTION_MEANING: Record<PushRejection, string> = {
  missing_authorization: "it carries no Authorization header",
  malformed_authorization: "its Authorization header has not the form of a signature",
  digest_mismatch: "its signature fits none of the configured keys",
}

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The database did not answer within ${STORE_DEADLINE_MS} ms.`)),
      STORE_DEADLINE_MS
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

async function verify(service: ShopeeConnectorService, push: ReceivedPush): Promise<PushAuthenticity> {
  const config = await service.config()
  if (!config.configured) {
    return { outcome: "unverifiable", reason: "no_push_key" }
  }
  return authenticatePush({ ...push, keys: config.pushKeys, callbackUrl: config.webhookUrl ?? undefined })
}

/** The check that Shopee's console makes when a callback URL is saved: it may come unsigned, since there may be no key yet. */
function isVerificationProbe(rawBody: Buffer): boolean {
  if (rawBody.length > LARGEST_PROBE_BYTES) {
    return false
  }
  const reading = parsePush(rawBody)
  return !isUnreadable(reading) && reading.code === PushCode.VERIFY
}

async function storeRejected(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  push: ReceivedPush,
  reason: PushRejection
): Promise<void> {
  const now = Date.now()
  const isStored = service.rejectionBudget.admit(now)
  const count = service.rejectionBudget.count(now, isStored)
  const keep = async (): Promise<string | null> => {
    const id = await service.storeRejectedPush(
      { rawBody: push.rawBody.toString("base64"), signature: push.authorization ?? null, reason },
      MAX_REJECTED_PER_HOUR
    )
    // What comes with a wrong key is not believed, and may be genuine all the same: Shopee's list tells (product §3).
    if (service.rejectionBudget.isRequestDue(now)) {
      await requestReconciliation(container, service, { notWithinMs: RECONCILE_NOT_WITHIN_MS })
      service.rejectionBudget.noteRequest(now)
    }
    return id
  }
  const rawEventId = isStored ? await service.rejectionLine.run(keep) : null
  const report = async (rejections: number): Promise<void> => {
    await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).raiseExceptions([
      {
        connector: ConnectorName.SHOPEE,
        subject: WEBHOOK_SIGNATURE_SUBJECT,
        error_class: ErrorClass.SIGNATURE_MISMATCH,
        error_message: `A push was not authentic: ${REJECTION_MEANING[reason]}. Nothing in it was believed.`,
        raw_event_id: rawEventId,
        count: rejections,
      },
    ])
  }
  if (count > 0) {
    await service.rejectionLine.run(async () => await report(count))
    return
  }
  service.rejectionBudget.reportLater((rejections) => {
    report(rejections).catch((error: unknown) => {
      const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
      logger.warn(
        `[shopee-webhook] ${rejections} rejected pushes could not be counted: ${redactSecrets(String(error))}`
      )
    })
  })
}

/** Wakes this process and tells the others. Both are hints: the poll finds what they miss, so neither is waited for. */
function announce(container: MedusaContainer, rawEventId: string): void {
  wakeInbox(container)
  container
    .resolve(Modules.EVENT_BUS)
    .emit({ name: RAW_EVENT_CREATED, data: { id: rawEventId } }, HINT_OPTIONS)
    .catch((error: unknown) => {
      const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
      logger.warn(
        `[shopee-webhook] The event bus took no hint; the poll will find the push: ${redactSecrets(String(error))}`
      )
    })
}

/**
 * Takes a push in: checks and stores it, and nothing else. The answers are those of the product paper, §6.4.
 *
 * Never throws: what can't be stored is asked for again.
 */
export async function receivePush(container: MedusaContainer, push: ReceivedPush): Promise<PushReceipt> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const result = await takeIn(container, service, push)
  service.metrics.countPush(result)
  return RECEIPTS[result]
}

async function takeIn(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  push: ReceivedPush
): Promise<PushResult> {
  const authenticity = await verify(service, push)
  if (authenticity.outcome !== "authentic" && isVerificationProbe(push.rawBody)) {
    return "probe"
  }
  if (authenticity.outcome === "unverifiable") {
    return "unverifiable"
  }
  try {
    if (authenticity.outcome === "rejected") {
      await inTime(storeRejected(container, service, push, authenticity.reason))
      return "rejected"
    }
    const reading = parsePush(push.rawBody)
    if (!isUnreadable(reading) && reading.code === PushCode.VERIFY) {
      return "probe"
    }
    const stored = await inTime(service.pushRecorder.store(toIncomingEvent(push, reading)))
    failPoint("push-stored")
    if (stored === null) {
      return "duplicate"
    }
    announce(container, stored)
    return "stored"
  } catch (error) {
    const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(`[shopee-webhook] A push could not be stored and was answered 503: ${redactSecrets(String(error))}`)
    return "failed"
  }
}
