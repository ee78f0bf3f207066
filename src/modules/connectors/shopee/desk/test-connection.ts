import type { MedusaContainer } from "@medusajs/framework/types"
import { ShopeeCallError } from "../client/shopee-errors"
import type { ShopeeClient } from "../client/shopee-client"
import { ShopNotAuthorizedError, TokenUnreadableError } from "../auth/token-errors"
import type ShopeeConnectorService from "../service"
import type { ConnectionCheck, PushSettings, PushSubscriptionState, TestConnectionAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { subscriptionOf } from "../watch/push-subscription"

const HOUR_MS = 60 * 60_000

/** The text of an error that is made for people; any other is a failure of ours. */
function reasonOf(error: unknown): string {
  if (
    error instanceof ShopeeCallError ||
    error instanceof ShopNotAuthorizedError ||
    error instanceof TokenUnreadableError
  ) {
    return error.message
  }
  throw error
}

/** A call that is signed with the shop's token: the cheapest that there is. */
async function checkShopCall(client: ShopeeClient): Promise<{ check: ConnectionCheck; latencyMs: number | null }> {
  const startedAt = Date.now()
  try {
    const to = new Date()
    await client.getOrderList({
      timeRangeField: "update_time",
      from: new Date(to.getTime() - HOUR_MS),
      to,
      pageSize: 1,
    })
    const latencyMs = Date.now() - startedAt
    return { check: { name: "shop_call", ok: true, message: `Shopee answered within ${latencyMs} ms.` }, latencyMs }
  } catch (error) {
    return { check: { name: "shop_call", ok: false, message: reasonOf(error) }, latencyMs: null }
  }
}

async function checkPushes(
  client: ShopeeClient,
  callbackUrl: string | null
): Promise<{ checks: ConnectionCheck[]; push: PushSettings | null }> {
  let subscription: Awaited<ReturnType<ShopeeClient["getAppPushConfig"]>>
  try {
    subscription = await client.getAppPushConfig()
  } catch (error) {
    return { checks: [{ name: "push_subscription", ok: false, message: reasonOf(error) }], push: null }
  }
  const { livePushStatus, callbackUrl: saved } = subscription
  const pushes = subscriptionOf(subscription)
  return {
    checks: [toSubscriptionCheck(livePushStatus, pushes), toCallbackCheck(saved, callbackUrl)],
    push: { callback_url: saved, status: livePushStatus, pushes },
  }
}

function toSubscriptionCheck(status: string | null, pushes: PushSubscriptionState[]): ConnectionCheck {
  const name = "push_subscription"
  if (status !== null && status !== "Normal") {
    return {
      name,
      ok: false,
      message: `Shopee's push status is ${status}: pushes may be lost. Look at the push settings in Shopee's console.`,
    }
  }
  const off = pushes.filter(({ on }) => on === false).map(({ code }) => code)
  return off.length === 0
    ? { name, ok: true, message: "Shopee delivers pushes." }
    : {
        name,
        ok: false,
        message: `The app is not subscribed to push ${off.join(", ")}: subscribe to it in Shopee's console.`,
      }
}

function toCallbackCheck(saved: string | null, callbackUrl: string | null): ConnectionCheck {
  const name = "callback_url"
  if (callbackUrl === null) {
    return { name, ok: false, message: "SHOPEE_WEBHOOK_URL is not set: no push can be verified." }
  }
  if (saved === callbackUrl) {
    return { name, ok: true, message: "The callback URL saved at Shopee is the one that is configured here." }
  }
  return {
    name,
    ok: false,
    message: `Shopee has ${saved ?? "no callback URL"} saved, and SHOPEE_WEBHOOK_URL is ${callbackUrl}: they have to be the same, to the letter.`,
  }
}

/** Whether the shop can be called and pushes can arrive, with what is wrong in plain words. Never throws for what Shopee does. */
export async function testConnection(container: MedusaContainer): Promise<TestConnectionAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await service.config()
  if (!config.configured) {
    const message = `Set ${config.missing.join(", ")}, and start the platform again.`
    const check: ConnectionCheck = { name: "configuration", ok: false, message }
    return { ok: false, shop_id: null, latency_ms: null, checks: [check], push: null }
  }
  const client = await service.clientFor(config.shopId)
  const { check, latencyMs } = await checkShopCall(client)
  const pushes = await checkPushes(client, config.webhookUrl)
  const checks: ConnectionCheck[] = [
    { name: "configuration", ok: true, message: "Everything that a call needs is set." },
    check,
    ...pushes.checks,
  ]
  return { ok: checks.every(({ ok }) => ok), shop_id: config.shopId, latency_ms: latencyMs, checks, push: pushes.push }
}
