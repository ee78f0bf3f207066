import { asValue } from "@medusajs/framework/awilix"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import { SHOPEE_CONNECTOR_MODULE } from "../../types/module-key"
import type { IncomingEvent } from "../../types/inbox"
import type { OrderFinding } from "../../types/recovery"
import { injectFindings } from "../inject-findings"

const findings = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ordersn: `SN${index}`, kind: "missing" as const }))

/** An inbox whose backlog is what the test says, one answer a look. */
function inbox(backlog: number[]) {
  const batches: string[][] = []
  const container = createMedusaContainer()
  const service = {
    countDueOrders: async () => backlog.shift() ?? 0,
    recordEvents: async (events: IncomingEvent[]) => {
      batches.push(events.map(({ ordersn }) => ordersn ?? ""))
      return []
    },
  }
  container.register({
    [ContainerRegistrationKeys.CONFIG_MODULE]: asValue({ projectConfig: { workerMode: "shared" } }),
    [SHOPEE_CONNECTOR_MODULE]: asValue({ config: async () => ({ configured: false, missing: [] }) }),
  })
  const inject = async (count: number, signal = new AbortController().signal) =>
    await injectFindings(container, service, { runId: "run", shopId: "7", findings: findings(count) }, signal)
  return { batches, backlog, container, inject }
}

describe("injecting findings", () => {
  it("keeps at most a claim's worth ahead, so that a live order waits for no backlog", async () => {
    const { batches, backlog, inject } = inbox([0, 100, 51, 50])
    await inject(120)
    expect(batches.map((batch) => batch.length)).toEqual([50, 50, 20])
    expect(batches.flat()).toEqual(findings(120).map(({ ordersn }) => ordersn))
    expect(backlog).toEqual([])
  })

  it("names a return where its push would, and tells the returns of one order apart", async () => {
    const events: IncomingEvent[] = []
    const { container } = inbox([])
    const service = {
      countDueOrders: async () => 0,
      recordEvents: async (recorded: IncomingEvent[]) => {
        events.push(...recorded)
        return []
      },
    }
    const finding = (returnSn?: string): OrderFinding => ({
      ordersn: "A1",
      kind: returnSn ? "return" : "stale",
      returnSn,
    })
    await injectFindings(
      container,
      service,
      { runId: "run", shopId: "7", findings: [finding(), finding("R1"), finding("R2")] },
      new AbortController().signal
    )
    expect(events.map(({ eventType, payload }) => [eventType, payload])).toEqual([
      [3, { shop_id: "7", ordersn: "A1", finding: "stale", run_id: "run" }],
      ...["R1", "R2"].map((return_sn) => [
        29,
        { shop_id: "7", ordersn: "A1", finding: "return", run_id: "run", data: { order_sn: "A1", return_sn } },
      ]),
    ])
    expect(new Set(events.map(({ identity }) => identity)).size).toBe(3)
  })

  it("stops while it waits when it is told to", async () => {
    const controller = new AbortController()
    controller.abort(new Error("stopped"))
    const { batches, inject } = inbox([1_000, 1_000])
    await expect(inject(10, controller.signal)).rejects.toThrow("stopped")
    expect(batches).toEqual([])
  })
})
