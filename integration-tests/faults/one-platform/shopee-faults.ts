import type { ApiFault } from "../../../sandbox/control-client"
import { eventually } from "../../support/eventually"
import type { PlatformProcess } from "../../support/platform-process"
import type { FaultName } from "../catalogue"
import { fault } from "../support/fault"
import type { FaultWorld } from "../support/fault-world"

const DETAILS = "get_order_detail"
/** More calls than this for one spoiled answer would be a storm. */
const MOST_CALLS = 8

/** What is injected into the answers that orders are read from, and how often. */
const SPOILED: [FaultName, ApiFault][] = [
  ["shopee-429", { endpoint: DETAILS, kind: "rate-limited", retry_after_seconds: 2, times: 2 }],
  ["shopee-500", { endpoint: DETAILS, kind: "server-error", status: 500, times: 2 }],
  ["shopee-503", { endpoint: DETAILS, kind: "server-error", status: 503, times: 1 }],
  ["shopee-html", { endpoint: DETAILS, kind: "html", status: 200, times: 1 }],
  ["shopee-gateway-page", { endpoint: DETAILS, kind: "html", status: 502, times: 1 }],
  ["shopee-empty", { endpoint: DETAILS, kind: "empty", times: 1 }],
  ["shopee-malformed", { endpoint: DETAILS, kind: "malformed-json", times: 1 }],
  ["shopee-truncated", { endpoint: DETAILS, kind: "truncated", times: 1 }],
  ["shopee-slow", { endpoint: DETAILS, kind: "slow", delay_ms: 5_000, times: 1 }],
  ["shopee-slow-loris", { endpoint: DETAILS, kind: "slow-loris", interval_ms: 1_000, times: 1 }],
  ["shopee-huge", { endpoint: DETAILS, kind: "huge", megabytes: 64, times: 1 }],
  ["shopee-hang", { endpoint: DETAILS, kind: "hang", times: 1 }],
  ["shopee-reset", { endpoint: DETAILS, kind: "reset", times: 1 }],
  ["shopee-error-in-200", { endpoint: DETAILS, kind: "error", code: "error_server", message: "busy", times: 1 }],
  ["shopee-token-rejected", { endpoint: DETAILS, kind: "auth-error", form: "invalid_acceess_token", times: 1 }],
  ["shopee-clock-skew", { endpoint: DETAILS, kind: "clock-skew", times: 1 }],
  ["shopee-drops-orders", { endpoint: DETAILS, kind: "drop-orders", times: 1 }],
]

/** Shopee misbehaves in every way that the sandbox can. */
export function shopeeFaults(world: () => FaultWorld, platform: () => PlatformProcess): void {
  for (const [name, injected] of SPOILED) {
    fault(name, async () => {
      const before = (await world().exceptions()).length
      await world().control.resetCalls()
      const id = await world().control.addFault(injected)
      const orders = await world().place(2)
      await world().tellAll(platform(), orders)
      await eventually("the answer to be spoiled", async () =>
        (await world().control.faults()).some((active) => active.id === id && active.applied >= (injected.times ?? 1))
      )
      const took = await world().expectPromisesKept()
      await world().control.clearFaults(id)
      const { by_endpoint } = await world().control.calls()
      const calls = by_endpoint["/order/get_order_detail"] ?? 0
      expect(calls).toBeLessThanOrEqual(MOST_CALLS)
      const raised = (await world().exceptions()).slice(before)
      expect(raised.length).toBeLessThanOrEqual(1)
      await eventually("the exception to be settled", async () =>
        (await world().exceptions()).every(({ status }) => status !== "open")
      )
      const said = raised[0] ? `one exception (${raised[0].error_class}), resolved` : "no exception"
      return `${calls} calls, ${said}, orders complete ${took} s after the fault`
    })
  }
}
