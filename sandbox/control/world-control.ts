import { JsonShapeError } from "../json-reader"
import type { Sandbox } from "../sandbox"
import type { ControlRoute } from "./control-route"
import { readFault } from "./read-fault"
import type { HealthReport } from "./reports"

const DEFAULT_LAST_CALLS = 200

/** The world around the orders: clock, sellers, faults, limits, and what was called. */
export function worldControl(sandbox: Sandbox, apiBaseUrl: () => string): ControlRoute[] {
  const { clock, tokens, faults, calls, options } = sandbox
  return [
    {
      method: "GET",
      path: "/health",
      handle: (): HealthReport => ({
        status: "ok",
        now: clock.nowSeconds(),
        ahead_seconds: Math.round(clock.offset() / 1000),
        api_base_url: apiBaseUrl(),
        partner_id: options.partnerId,
        shop_id: options.shopId,
        orders: sandbox.book.size,
        callback_url: sandbox.subscription.callbackUrl,
      }),
    },
    { method: "POST", path: "/reset", handle: ({ body }) => sandbox.reset(body.boolean("keepTokens") ?? false) },
    {
      method: "POST",
      path: "/authorize",
      handle: ({ body }) => {
        const shopId = body.number("shop_id") ?? options.shopId
        const { code } = sandbox.authorize(shopId, body.number("days"))
        if (body.boolean("push")) sandbox.announceAuthorization(shopId)
        return { code, shop_id: shopId }
      },
    },
    {
      method: "POST",
      path: "/deauthorize",
      handle: ({ body }) => sandbox.deauthorize(body.number("shop_id") ?? options.shopId, body.boolean("push") ?? true),
    },
    { method: "GET", path: "/tokens", handle: () => tokens.report() },
    {
      method: "POST",
      path: "/clock/advance",
      handle: async ({ body }) => {
        const seconds = body.requiredNumber("seconds")
        if (seconds < 0) throw new JsonShapeError("the clock only goes forward")
        // What is on its way now must not miss the retries it is about to need.
        await sandbox.settle()
        await clock.advance(seconds)
        return { now: clock.nowSeconds() }
      },
    },
    { method: "POST", path: "/faults", handle: ({ body }) => ({ id: faults.add(readFault(body)) }) },
    { method: "GET", path: "/faults", handle: () => faults.list() },
    {
      method: "DELETE",
      path: "/faults",
      handle: () => {
        faults.clear()
        sandbox.outbox.releaseHeld()
      },
    },
    { method: "DELETE", path: "/faults/:id", handle: ({ id }) => ({ removed: faults.remove(id) }) },
    {
      method: "GET",
      path: "/calls",
      handle: ({ query }) => calls.report(Number(query.get("last") ?? DEFAULT_LAST_CALLS)),
    },
    { method: "DELETE", path: "/calls", handle: () => calls.clear() },
    {
      method: "POST",
      path: "/settings",
      handle: ({ body }) => {
        const rateLimit = body.number("rateLimit")
        if (body.fields.rateLimit === null) sandbox.rateLimit.callsPerSecond = undefined
        else if (rateLimit !== undefined) sandbox.rateLimit.callsPerSecond = rateLimit
        sandbox.escrowReleaseDelay = body.number("escrowReleaseDelay") ?? sandbox.escrowReleaseDelay
        return {
          rateLimit: sandbox.rateLimit.callsPerSecond ?? null,
          escrowReleaseDelay: sandbox.escrowReleaseDelay,
        }
      },
    },
  ]
}
