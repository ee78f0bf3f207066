import type { CallReport, PushReport } from "../sandbox/control-client"
import type { ComparedOrder } from "./compare"
import type { ComparedStock } from "./compare-stock"
import { percentile } from "./latency"
import { cut, type Styles } from "./terminal"

interface Column {
  title: string
  width: number
  right?: boolean
  text: (order: ComparedOrder) => string
}

const mark = (order: ComparedOrder, ...fields: string[]) => {
  if (order.medusa === null || order.shopeeStatus === "") {
    return "–"
  }
  return order.differences.some(({ field }) => fields.includes(field)) ? "✗" : "✓"
}

const ADDRESS_FIELDS = ["name", "address", "postal code", "phone", "last name", "country"]

const COLUMNS: readonly Column[] = [
  { title: "order_sn", width: 14, text: ({ ordersn }) => ordersn },
  { title: "Shopee", width: 13, text: ({ shopeeStatus }) => shopeeStatus || "none" },
  { title: "Medusa", width: 18, text: ({ medusa }) => (medusa ? `${medusa.status} ${medusa.payment}` : "none") },
  { title: "Shopee S$", width: 9, right: true, text: ({ shopeeTotal }) => shopeeTotal },
  { title: "Medusa S$", width: 9, right: true, text: ({ medusa }) => medusa?.total ?? "" },
  { title: "lines", width: 5, right: true, text: (order) => `${order.lines} ${mark(order, "lines")}` },
  { title: "customer", width: 8, text: (order) => mark(order, "customer", "e-mail") },
  { title: "address", width: 7, text: (order) => mark(order, ...ADDRESS_FIELDS) },
]

/** The table of all orders, one line an order and one more for each difference. Fits into 100 columns. */
export function orderTable(orders: readonly ComparedOrder[], style: Styles): string[] {
  const row = (cells: string[]) =>
    COLUMNS.map(({ width, right }, index) => {
      const cell = cut(cells[index] ?? "", width)
      return right ? cell.padStart(width) : cell.padEnd(width)
    }).join("  ")
  const header = row(COLUMNS.map(({ title }) => title))
  return [
    `   ${style.bold(header)}`,
    `   ${style.dim("─".repeat(header.length))}`,
    ...orders.flatMap((order) => {
      const cells = row(COLUMNS.map(({ text }) => text(order)))
      if (order.differences.length === 0) {
        return [` ${style.green("✓")} ${cells.replace(/ +$/, "")}`]
      }
      const differences = order.differences.map(
        ({ field, shopee, medusa }) =>
          `     ${style.red(field)}: Shopee ${shopee || "none"}, Medusa ${medusa || "none"}`
      )
      return [` ${style.red("✗")} ${cells.replace(/ +$/, "")}`, ...differences]
    }),
  ]
}

/** What the summary is made of. Latencies in milliseconds. */
export interface Summary {
  orders: readonly ComparedOrder[]
  customers: { expected: number; found: number }
  pushes: PushReport["statistics"]
  /** Attempts by HTTP status (0: none), and by the fault they had. */
  attempts: { status: number; fault?: string }[]
  /** What was answered to pushes that were made by hand. */
  forged: readonly (number | null)[]
  importLatencies: readonly number[]
  leftOut: number
  watchIntervalMs: number
  calls: CallReport
  alerts: { expected: Readonly<Record<string, number>>; received: Readonly<Record<string, number>> }
  stock: ComparedStock
  expectedOversold: readonly string[]
}

/** A line of the summary: what it is about, what it says, and whether that is as it has to be. */
export interface SummaryLine {
  label: string
  text: string
  /** null: nothing to judge. */
  ok: boolean | null
}

const seconds = (ms: number | null) => (ms === null ? "–" : `${(ms / 1000).toFixed(2)} s`)
const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`
const listed = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, number]) => `${name} ${number}`)
    .join(" · ") || "none"

/** The day in a few lines, each with its verdict. */
export function summarise(summary: Summary): SummaryLine[] {
  const { orders, customers, pushes, attempts, forged, calls, alerts, stock } = summary
  const equal = orders.filter(({ differences }) => differences.length === 0).length
  const answered = attempts.filter(({ status }) => status === 200).length
  const copies = attempts.length - pushes.delivered
  const tampered = attempts.filter(({ fault }) => fault === "tamper").length
  const latencies = summary.importLatencies
  return [
    {
      label: "Orders",
      text: `${equal} of ${orders.length} equal, none twice · ${count(customers.found, "customer")} for ${count(customers.expected, "buyer")}`,
      ok: equal === orders.length && orders.length > 0 && customers.found === customers.expected,
    },
    {
      label: "Stock",
      text:
        `${stock.reserved} pieces reserved, open orders ask for ${stock.expectedReserved} · ` +
        `oversold: ${stock.oversold.join(", ") || "none"}${stock.differences.map(stockText).join("")}`,
      ok: stock.differences.length === 0 && sameText(stock.oversold, summary.expectedOversold),
    },
    {
      label: "Alerts",
      text: `${listed(alerts.received)}${sameCounts(alerts) ? "" : ` (expected: ${listed(alerts.expected)})`}`,
      ok: sameCounts(alerts),
    },
    {
      label: "Pushes",
      text:
        `${pushes.published} published, ${pushes.lost} lost for good, ${count(copies, "duplicate")} · ${answered} of ${attempts.length} ` +
        `deliveries answered 200 · p50 ${pushes.latency_p50_ms} ms, p99 ${pushes.latency_p99_ms} ms`,
      ok: answered === attempts.length,
    },
    {
      label: "Forgeries",
      text: `${tampered} changed on the way, ${forged.length} made up: answered 200, none believed`,
      ok: forged.every((status) => status === 200),
    },
    {
      label: "Push → order",
      text:
        `p50 ${seconds(percentile(latencies, 0.5))}, p95 ${seconds(percentile(latencies, 0.95))} of ${latencies.length} orders, from sending the first ` +
        `authentic push until the order can be read in Medusa (asked every ${summary.watchIntervalMs} ms; without ` +
        `${summary.leftOut} that waited for their SKU)`,
      ok: null,
    },
    { label: "Shopee calls", text: `${calls.total}: ${listed(calls.by_endpoint)}`, ok: null },
  ]
}

function stockText({ sku, expected, found }: ComparedStock["differences"][number]): string {
  const medusa = found ? `${found.reserved} of ${found.stocked}` : "nothing"
  return ` · ${sku}: ${expected.reserved} of ${expected.stocked} expected, Medusa has ${medusa} reserved`
}

function sameText(a: readonly string[], b: readonly string[]): boolean {
  return [...a].sort().join() === [...b].sort().join()
}

function sameCounts({ expected, received }: Summary["alerts"]): boolean {
  return listed(expected) === listed(received)
}
