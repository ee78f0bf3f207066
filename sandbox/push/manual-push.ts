import type { ManualPush, PushAnswer } from "../control/reports"
import { hmacHex, pushSignature } from "../signing"
import { postPush } from "./post-push"
import { pushEnvelope } from "./push-envelope"
import { PushSettingError, type Subscription } from "./subscription"

interface Sender {
  subscription: Subscription
  shopId: number
  partnerId: number
  /** Epoch seconds. */
  timestamp: number
  msgId: () => string
}

/**
 * Sends a push as it is described, one time or many, without retries, faults or a record of it.
 * @throws PushSettingError without a callback URL
 */
export async function sendManualPush(push: ManualPush, sender: Sender): Promise<PushAnswer[]> {
  const { subscription } = sender
  const { target, callbackUrl } = subscription
  if (target === null || callbackUrl === null) throw new PushSettingError("set a callback URL first")
  const body = bodyOf(push, sender)
  const authorization = authorizationOf(push, body, subscription.pushKey, callbackUrl)
  const headers = { ...(authorization ? { Authorization: authorization } : {}), ...push.headers }
  const answers: PushAnswer[] = []
  const times = push.times ?? 1
  let next = 0
  const sendSome = async (): Promise<void> => {
    while (next < times) {
      const index = next++
      const { status, body: text, ms, error } = await postPush(target, body, headers, subscription.timeoutMs)
      answers[index] = { status, body: text, ms: Math.round(ms * 10) / 10, ...(error ? { error } : {}) }
    }
  }
  await Promise.all(Array.from({ length: Math.min(times, push.concurrency ?? 1) }, sendSome))
  return answers
}

function bodyOf(push: ManualPush, sender: Sender): Buffer {
  if (push.body_base64 !== undefined) return Buffer.from(push.body_base64, "base64")
  if (push.body !== undefined) return Buffer.from(push.body, "utf8")
  return Buffer.from(
    pushEnvelope({
      code: push.code ?? 3,
      data: push.data ?? {},
      shopId: push.shop_id ?? sender.shopId,
      partnerId: sender.partnerId,
      timestamp: push.timestamp ?? sender.timestamp,
      ...(push.without_msg_id ? {} : { msgId: sender.msgId() }),
    }),
    "utf8"
  )
}

function authorizationOf(push: ManualPush, body: Buffer, pushKey: string, callbackUrl: string): string | undefined {
  // The verification push comes before there is a push key.
  switch (push.signature ?? (push.code === 0 ? "none" : "official")) {
    case "official":
      return pushSignature(pushKey, callbackUrl, body)
    case "official-prefixed":
      return `SHA256 ${pushSignature(pushKey, callbackUrl, body)}`
    case "body-only":
      return `SHA256 ${hmacHex(pushKey, body)}`
    case "body-only-bare":
      return hmacHex(pushKey, body)
    case "wrong":
      return pushSignature(`${pushKey}-of-someone-else`, callbackUrl, body)
    case "none":
      return undefined
  }
}
