import type { PushAttempt, PushRecord } from "../../sandbox/control-client"
import { firstPushTimes, importLatencies, percentile } from "../latency"

const attempt = (time: number, fields: Partial<PushAttempt> = {}): PushAttempt => ({
  time,
  status: 200,
  latency_ms: 5,
  ok: true,
  ...fields,
})

const push = (ordersn: string | undefined, attempts: PushAttempt[]): PushRecord => ({
  id: 1,
  msg_id: "m",
  code: 3,
  ...(ordersn === undefined ? {} : { ordersn }),
  body: "",
  state: "delivered",
  attempts,
})

describe("percentile", () => {
  it("is the nearest rank", () => {
    const values = [30, 10, 20, 40]
    expect([0, 0.5, 0.75, 0.76, 1].map((fraction) => percentile(values, fraction))).toEqual([10, 20, 30, 40, 40])
  })

  it("is null of nothing", () => {
    expect(percentile([], 0.5)).toBeNull()
  })
})

describe("the latency of an order's import", () => {
  it("counts from the first push that could be believed and was answered", () => {
    const pushes = [
      push("A", [attempt(1, { fault: "tamper" })]),
      push("A", [attempt(2, { fault: "wrong-signature" })]),
      push("A", [attempt(3, { ok: false, status: 503 }), attempt(9)]),
      push("A", [attempt(5, { fault: "reorder" })]),
      push("B", []),
      push(undefined, [attempt(1)]),
    ]
    expect(firstPushTimes(pushes)).toEqual(new Map([["A", 5]]))
  })

  it("leaves out orders that were not seen and those it is told to", () => {
    const pushes = ["A", "B", "C"].map((ordersn) => push(ordersn, [attempt(100)]))
    const seen = new Map([
      ["A", 350],
      ["B", 400],
    ])
    expect(importLatencies(pushes, seen, new Set(["B"]))).toEqual([250])
  })
})
