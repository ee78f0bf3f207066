import { compareOrder } from "../compare"
import { orderTable, summarise, type Summary } from "../report"
import { createStyles } from "../terminal"
import { medusaOrder, shopeeOrder } from "./order-samples"

const plain = createStyles(false)
const equal = compareOrder(shopeeOrder(), medusaOrder())
const different = compareOrder(shopeeOrder(), medusaOrder({ total: 20, email: null }))

function summary(fields: Partial<Summary> = {}): Summary {
  return {
    orders: [equal],
    customers: { expected: 1, found: 1 },
    pushes: {
      published: 3,
      delivered: 2,
      lost: 1,
      not_sent: 0,
      attempts: 3,
      failed_attempts: 0,
      pending: 0,
      latency_p50_ms: 4,
      latency_p99_ms: 9,
    },
    attempts: [{ status: 200 }, { status: 200, fault: "duplicate" }, { status: 200, fault: "tamper" }],
    forged: [200],
    importLatencies: [100, 300],
    leftOut: 1,
    watchIntervalMs: 250,
    calls: { total: 2, by_endpoint: { "/order/get_order_detail": 2 }, last: [] },
    alerts: { expected: { oversold: 1 }, received: { oversold: 1 } },
    stock: { expectedReserved: 2, reserved: 2, oversold: ["RARE"], differences: [] },
    expectedOversold: ["RARE"],
    ...fields,
  }
}

const failing = (fields: Partial<Summary>) =>
  summarise(summary(fields)).flatMap(({ label, ok }) => (ok === false ? label : []))

describe("the table of orders", () => {
  it("has one line for an equal order", () => {
    expect(orderTable([equal], plain).slice(2)).toEqual([
      " ✓ 261123ABCDEFGH  READY_TO_SHIP  pending captured        21.99      21.99    1 ✓  ✓         ✓",
    ])
  })

  it("names the fields that differ, with both values", () => {
    expect(orderTable([different], plain).slice(2)).toEqual([
      " ✗ 261123ABCDEFGH  READY_TO_SHIP  pending captured        21.99      20.00    1 ✓  ✗         ✓",
      "     total: Shopee 21.99, Medusa 20.00",
      "     e-mail: Shopee shopee-77@buyers.exzentcg.local, Medusa none",
    ])
  })

  it("judges no field of an order that isn't there", () => {
    expect(orderTable([compareOrder(shopeeOrder(), null)], plain)[2]).toBe(
      " ✗ 261123ABCDEFGH  READY_TO_SHIP  none                    21.99               1 –  –         –"
    )
  })

  it("fits into 100 columns, however long its values are", () => {
    const long = { ...equal, ordersn: "X".repeat(40), shopeeTotal: "123456789012.00" }
    const widths = orderTable([long, different], plain)
      .filter((line) => !line.startsWith("     "))
      .map((line) => line.length)
    expect(Math.max(...widths)).toBeLessThanOrEqual(100)
  })
})

describe("the summary", () => {
  it("has no complaint about a sound day", () => {
    expect(failing({})).toEqual([])
  })

  it.each<[string, Partial<Summary>]>([
    ["Orders", { orders: [equal, different] }],
    ["Orders", { orders: [] }],
    ["Orders", { customers: { expected: 2, found: 1 } }],
    ["Stock", { stock: { ...summary().stock, oversold: [] } }],
    [
      "Stock",
      {
        stock: {
          ...summary().stock,
          differences: [{ sku: "A", expected: { stocked: 1, reserved: 1 }, found: null }],
        },
      },
    ],
    ["Alerts", { alerts: { expected: { oversold: 1 }, received: {} } }],
    ["Alerts", { alerts: { expected: { oversold: 1 }, received: { oversold: 1, unknown: 1 } } }],
    ["Alerts", { alerts: { expected: { oversold: 1 }, received: { oversold: 2 } } }],
    ["Pushes", { attempts: [{ status: 200 }, { status: 503 }] }],
    ["Forgeries", { forged: [401] }],
  ])("complains in the line %s about %j", (label, fields) => {
    expect(failing(fields)).toEqual([label])
  })

  it("tells pushes, copies and losses apart", () => {
    const line = summarise(summary()).find(({ label }) => label === "Pushes")
    expect(line?.text).toBe(
      "3 published, 1 lost for good, 1 duplicate · 3 of 3 deliveries answered 200 · p50 4 ms, p99 9 ms"
    )
  })
})
