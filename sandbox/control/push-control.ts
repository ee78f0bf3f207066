import { JsonShapeError, type JsonReader } from "../json-reader"
import type { Sandbox } from "../sandbox"
import type { ControlRoute } from "./control-route"
import type { ManualPush, PushReport, PushSettings } from "./reports"

const DEFAULT_LAST = 1000
const SIGNATURES = ["official", "official-prefixed", "body-only", "body-only-bare", "wrong", "none"] as const

/** Pushes: sent by hand, looked at, and where they go. */
export function pushControl(sandbox: Sandbox): ControlRoute[] {
  const { subscription, pushHealth, pushJournal, lostPushes, clock } = sandbox
  return [
    { method: "POST", path: "/push", handle: ({ body }) => sandbox.sendPush(readManualPush(body)) },
    {
      method: "GET",
      path: "/pushes",
      handle: ({ query }): PushReport => {
        const ordersn = query.get("ordersn")
        const code = query.get("code")
        return {
          statistics: pushJournal.statistics(),
          health: {
            status: pushHealth.status(clock.now()),
            pushes_in_window: pushHealth.pushesInWindow(),
            success_rate: pushHealth.successRate(),
          },
          pushes: pushJournal.newest(
            Number(query.get("last") ?? DEFAULT_LAST),
            (push) => (!ordersn || push.ordersn === ordersn) && (!code || push.code === Number(code))
          ),
        }
      },
    },
    { method: "DELETE", path: "/pushes", handle: () => pushJournal.clear() },
    { method: "POST", path: "/pushes/settle", handle: () => sandbox.settle() },
    { method: "POST", path: "/pushes/release", handle: () => sandbox.outbox.releaseHeld() },
    { method: "GET", path: "/lost-pushes", handle: () => lostPushes.all(clock.nowSeconds()) },
    {
      method: "POST",
      path: "/push-config",
      handle: ({ body }) => {
        subscription.apply(readSettings(body))
        // Saving the subscription again is what ends a suspension.
        if (body.fields.callbackUrl !== undefined) pushHealth.reset()
        const { callbackUrl, retryDelays, timeoutMs, concurrency } = subscription
        return { callbackUrl, retryDelays, timeoutMs, concurrency }
      },
    },
  ]
}

function readManualPush(body: JsonReader): ManualPush {
  const signature = body.string("signature")
  const known = SIGNATURES.find((name) => name === signature)
  if (signature !== undefined && !known) throw new JsonShapeError(`signature must be one of ${SIGNATURES.join(", ")}`)
  const headers = body.object("headers")
  return {
    body: body.string("body"),
    body_base64: body.string("body_base64"),
    code: body.number("code"),
    data: body.fields.data,
    shop_id: body.number("shop_id"),
    timestamp: body.number("timestamp"),
    without_msg_id: body.boolean("without_msg_id"),
    signature: known,
    headers:
      headers && Object.fromEntries(Object.keys(headers.fields).map((name) => [name, headers.requiredString(name)])),
    times: body.number("times"),
    concurrency: body.number("concurrency"),
  }
}

function readSettings(body: JsonReader): PushSettings {
  return {
    callbackUrl: body.fields.callbackUrl === null ? null : body.string("callbackUrl"),
    deliveryUrl: body.fields.deliveryUrl === null ? null : body.string("deliveryUrl"),
    pushKey: body.string("pushKey"),
    retryDelays: body.numbers("retryDelays"),
    retries: body.number("retries"),
    timeoutMs: body.number("timeoutMs"),
    concurrency: body.number("concurrency"),
  }
}
