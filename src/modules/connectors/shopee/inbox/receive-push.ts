import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { failPoint } from "../../shared/fail-point"
import { redactSecrets } from "../../shared/redaction"
import type { ShopeeConfig, ShopeeNotConfigured } from "../config"
import type ShopeeConnectorService from "../service"
import { PushCode } from "../types/enums"
import type { PushResult } from "../types/metrics"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { isUnreadable } from "../types/push"
import { authenticatePush, type PushAuthenticity } from "../webhook/authenticate-push"
import { parsePush } from "../webhook/parse-push"
import { isVerificationProbe } from "../webhook/verification-probe"
import { toIncomingEvent } from "./incoming-event"
import { countRejection, keepRejection } from "./reject-push"

/** A push as it came in. */
export interface ReceivedPush {
  /** The exact bytes of the body. */
  rawBody: Buffer
  /** The `Authorization` header. */
  authorization: string | undefined
}

/**
 * - `stored`: it is ours now, or was already, or is Shopee's check of the URL: 200
 * - `rejected`: it is not Shopee's: 200 as well
 * - `try_again`: it can't be verified or stored now: 503, and Shopee keeps it
 */
export type PushReceipt = "stored" | "rejected" | "try_again"

const RECEIPTS: Record<PushResult, PushReceipt> = {
  stored: "stored",
  duplicate: "stored",
  probe: "stored",
  rejected: "rejected",
  unverifiable: "try_again",
  failed: "try_again",
}

/** Shopee waits 3 s for an answer. A 503 in time makes it try again; no answer counts as a failure of ours as well. */
const STORE_DEADLINE_MS = 2_500

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The database did not answer within ${STORE_DEADLINE_MS} ms.`)),
      STORE_DEADLINE_MS
    )
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

/** What is known of a push before anything is asked of the database. */
export type PushExamination = PushAuthenticity | { outcome: "probe" }

/**
 * Looks whether a push is Shopee's, without waiting for anything. One that isn't, and of which nothing is kept, is done with: under a flood
 * of forged pushes this is all that they cost.
 *
 * @returns what `takeIn` needs to know; null = it was counted and is rejected
 * @throws EnvironmentError
 */
export function examinePush(container: MedusaContainer, push: ReceivedPush): PushExamination | null {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const authenticity = authenticate(service.currentConfig(), push)
  if (authenticity.outcome !== "authentic" && isVerificationProbe(push.rawBody)) {
    return { outcome: "probe" }
  }
  if (authenticity.outcome === "rejected" && !service.rejectionBudget.admit(Date.now())) {
    countRejection(container, service, authenticity.reason)
    service.metrics.countPush("rejected")
    return null
  }
  return authenticity
}

function authenticate(config: ShopeeConfig | ShopeeNotConfigured, push: ReceivedPush): PushAuthenticity {
  if (!config.configured) {
    return { outcome: "unverifiable", reason: "no_push_key" }
  }
  return authenticatePush({ ...push, keys: config.pushKeys, callbackUrl: config.webhookUrl ?? undefined })
}

/**
 * Takes in what `examinePush` looked at: stores it, and nothing else. The answers are those of the product paper, §6.4.
 *
 * Never throws: what can't be stored is asked for again.
 */
export async function takeIn(
  container: MedusaContainer,
  push: ReceivedPush,
  examination: PushExamination
): Promise<PushReceipt> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const result = await store(container, service, push, examination)
  service.metrics.countPush(result)
  return RECEIPTS[result]
}

/** Examines a push and takes it in. @throws EnvironmentError */
export async function receivePush(container: MedusaContainer, push: ReceivedPush): Promise<PushReceipt> {
  const examination = examinePush(container, push)
  return examination === null ? "rejected" : await takeIn(container, push, examination)
}

async function store(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  push: ReceivedPush,
  examination: PushExamination
): Promise<PushResult> {
  if (examination.outcome === "unverifiable" || examination.outcome === "probe") {
    return examination.outcome
  }
  try {
    if (examination.outcome === "rejected") {
      await inTime(keepRejection(container, service, push, examination.reason))
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
    service.pushHints.tell(container, stored)
    return "stored"
  } catch (error) {
    const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
    logger.error(`[shopee-webhook] A push could not be stored and was answered 503: ${redactSecrets(String(error))}`)
    return "failed"
  }
}
