import type { SandboxOrder } from "../sandbox/control-client"
import { ordersnOf, type MedusaAddress, type MedusaOrder } from "./medusa-orders"

/**
 * Compares Shopee's truth with Medusa's orders. Shares nothing with the connector on purpose: it says in its own words what
 * an order has to look like, so that a mistake there can't hide here.
 */

/** What differs between an order at Shopee and in Medusa. */
export interface Difference {
  field: string
  shopee: string
  medusa: string
}

/** One order of Shopee's beside its order in Medusa. */
export interface ComparedOrder {
  ordersn: string
  shopeeStatus: string
  /** null when Medusa has no such order. */
  medusa: { status: string; payment: string; total: string } | null
  shopeeTotal: string
  /** Lines of the Shopee order. */
  lines: number
  /** Empty = equal. */
  differences: Difference[]
}

/** What a status of Shopee's asks of the Medusa order. Payment: `captured` where the money is there unless it is COD. */
interface StatusRule {
  status: string
  payment: "open" | "captured" | "captured unless COD" | "taken back"
  fulfillment: readonly string[]
}

const PAID_OPEN: StatusRule = { status: "pending", payment: "captured unless COD", fulfillment: ["not_fulfilled"] }
const PACKED: StatusRule = { ...PAID_OPEN, fulfillment: ["fulfilled"] }

const STATUS_RULES: Readonly<Record<string, StatusRule>> = {
  UNPAID: { status: "pending", payment: "open", fulfillment: ["not_fulfilled"] },
  PENDING: PAID_OPEN,
  READY_TO_SHIP: PAID_OPEN,
  PROCESSED: PACKED,
  RETRY_SHIP: PACKED,
  SHIPPED: { ...PAID_OPEN, fulfillment: ["shipped", "delivered"] },
  COMPLETED: { status: "completed", payment: "captured", fulfillment: ["delivered"] },
  CANCELLED: { status: "canceled", payment: "taken back", fulfillment: ["not_fulfilled", "canceled"] },
}

/** The goods are gone, so the order and its parcels stay as they were; a person decides. */
const CANCELLED_AFTER_SHIPPING: StatusRule = {
  status: "pending",
  payment: "taken back",
  fulfillment: ["shipped", "delivered"],
}

const ruleFor = (order: SandboxOrder): StatusRule | undefined =>
  order.order_status === "CANCELLED" && order.shipped ? CANCELLED_AFTER_SHIPPING : STATUS_RULES[order.order_status]

/** Compares every order; Medusa orders of Shopee's that Shopee doesn't know, and second ones, are differences too. */
export function compareOrders(shopee: readonly SandboxOrder[], medusa: readonly MedusaOrder[]): ComparedOrder[] {
  const bySn = new Map<string, MedusaOrder[]>()
  for (const order of medusa) {
    const ordersn = ordersnOf(order.custom_display_id) ?? order.id
    bySn.set(ordersn, [...(bySn.get(ordersn) ?? []), order])
  }
  const compared = shopee.map((order) => {
    const [first, ...more] = bySn.get(order.order_sn) ?? []
    bySn.delete(order.order_sn)
    return compareOrder(order, first ?? null, more.length)
  })
  const unknown = [...bySn].map(([ordersn, [order]]): ComparedOrder => ({
    ordersn,
    shopeeStatus: "",
    medusa: order ? medusaSide(order) : null,
    shopeeTotal: "",
    lines: 0,
    differences: [{ field: "order", shopee: "none", medusa: "one" }],
  }))
  return [...compared, ...unknown]
}

/** @param copies how many further Medusa orders claim to be this one */
export function compareOrder(shopee: SandboxOrder, medusa: MedusaOrder | null, copies = 0): ComparedOrder {
  const total = expectedCents(shopee)
  return {
    ordersn: shopee.order_sn,
    shopeeStatus: shopee.order_status,
    medusa: medusa && medusaSide(medusa),
    shopeeTotal: moneyText(total),
    lines: shopee.item_list.length,
    differences: medusa
      ? [
          ...(copies > 0 ? [{ field: "order", shopee: "one", medusa: String(copies + 1) }] : []),
          ...compareStatus(shopee, medusa),
          ...unlessEqual("total", moneyText(total), moneyText(cents(medusaTotal(medusa, shopee)))),
          ...unlessEqual("currency", shopee.currency.toLowerCase(), medusa.currency_code),
          ...unlessEqual("lines", shopeeLines(shopee), medusaLines(medusa)),
          ...unlessEqual("customer", buyerEmail(shopee), medusa.customer?.email ?? "none"),
          ...unlessEqual("e-mail", buyerEmail(shopee), medusa.email ?? "none"),
          ...unlessEqual("channel", "Shopee", medusa.sales_channel?.name ?? "none"),
          ...compareAddress(shopee, medusa.shipping_address),
        ]
      : [{ field: "order", shopee: "one", medusa: "none" }],
  }
}

function unlessEqual(field: string, shopee: string, medusa: string): Difference[] {
  return shopee === medusa ? [] : [{ field, shopee, medusa }]
}

function medusaSide(order: MedusaOrder): ComparedOrder["medusa"] {
  return { status: order.status, payment: order.payment_status, total: moneyText(cents(medusaTotal(order))) }
}

function compareStatus(shopee: SandboxOrder, medusa: MedusaOrder): Difference[] {
  const rule = ruleFor(shopee)
  if (!rule) {
    return [{ field: "status", shopee: shopee.order_status, medusa: `${medusa.status} (no rule for it)` }]
  }
  const fulfillment = rule.fulfillment.includes(medusa.fulfillment_status)
    ? []
    : [{ field: "fulfilment", shopee: rule.fulfillment.join(" or "), medusa: medusa.fulfillment_status }]
  return [
    ...unlessEqual("status", rule.status, medusa.status),
    ...unlessEqual("payment", expectedPayment(shopee, rule, medusa), medusa.payment_status),
    ...compareCaptured(shopee, rule, medusa),
    ...fulfillment,
  ]
}

function expectedPayment(shopee: SandboxOrder, rule: StatusRule, medusa: MedusaOrder): string {
  switch (rule.payment) {
    case "open":
      return "not_paid"
    case "captured":
      return "captured"
    case "captured unless COD":
      return shopee.cod ? "not_paid" : "captured"
    case "taken back":
      return sum(medusa, "captured_amount") > 0 ? "refunded" : "canceled"
  }
}

/** The money that Medusa holds for the order, to the cent. */
function compareCaptured(shopee: SandboxOrder, rule: StatusRule, medusa: MedusaOrder): Difference[] {
  const captured = sum(medusa, "captured_amount")
  const kept = moneyText(captured - sum(medusa, "refunded_amount"))
  const holdsMoney = rule.payment === "captured" || (rule.payment === "captured unless COD" && !shopee.cod)
  const expected = holdsMoney ? moneyText(expectedCents(shopee)) : moneyText(0)
  const capturedUnpaid = captured > 0 && !shopee.paid
  return [
    ...unlessEqual("money held", expected, kept),
    ...(capturedUnpaid ? [{ field: "captured", shopee: "never paid", medusa: moneyText(captured) }] : []),
  ]
}

/** What the buyer pays: Shopee says so once it is paid; until then lines and shipping. */
function expectedCents(order: SandboxOrder): number {
  return order.total_amount === undefined ? listCents(order) : cents(order.total_amount)
}

/** Lines and shipping. */
function listCents(order: SandboxOrder): number {
  const lines = order.item_list.reduce((total, line) => {
    return total + cents(line.model_discounted_price || line.model_original_price) * boughtPieces(order, line)
  }, 0)
  return lines + cents(order.amounts.shipping_fee)
}

/** A refunded order's total is 0 by a credit line, so what it would have cost is read from its parts. */
function medusaTotal(order: MedusaOrder, shopee?: SandboxOrder): number {
  return order.status === "canceled" || shopee?.order_status === "CANCELLED"
    ? order.item_total + order.shipping_total
    : order.total
}

/** Pieces of a line that the order is about. A cancelled order keeps its lines; a partial cancellation takes pieces away. */
function boughtPieces(order: SandboxOrder, line: SandboxOrder["item_list"][number]): number {
  return order.order_status === "CANCELLED"
    ? line.model_quantity_purchased
    : line.model_quantity_purchased - line.cancelled_qty
}

function shopeeLines(order: SandboxOrder): string {
  return order.item_list
    .map((line) => `${line.model_sku || line.item_sku} × ${boughtPieces(order, line)}`)
    .sort()
    .join(", ")
}

/** Without the line of buyer fees, which stands for no goods. */
function medusaLines(order: MedusaOrder): string {
  return order.items
    .flatMap(({ variant_sku, quantity }) => (variant_sku === null ? [] : `${variant_sku} × ${quantity}`))
    .sort()
    .join(", ")
}

function buyerEmail(order: SandboxOrder): string {
  return `shopee-${order.buyer_user_id}@buyers.exzentcg.local`
}

function compareAddress(shopee: SandboxOrder, medusa: MedusaAddress | null): Difference[] {
  if (!medusa) {
    return [{ field: "address", shopee: "one", medusa: "none" }]
  }
  const { recipient_address: recipient } = shopee
  const fields: [field: string, shopee: string, medusa: string | null][] = [
    ["name", recipient.name ?? "", medusa.first_name],
    ["address", recipient.full_address ?? "", medusa.address_1],
    ["postal code", recipient.zipcode ?? "", medusa.postal_code],
    ["phone", recipient.phone ?? "", medusa.phone],
  ]
  return [
    ...fields.flatMap(([field, clear, found]) =>
      isAddressField(clear, found ?? "", shopee.masked) ? [] : [{ field, shopee: clear, medusa: found ?? "" }]
    ),
    ...unlessEqual("last name", "", medusa.last_name ?? ""),
    ...unlessEqual("country", shopee.region.toLowerCase(), medusa.country_code ?? "none"),
  ]
}

/** Where Shopee masks a buyer Medusa may know the mask or, from an earlier answer, the clear text; nothing else. */
function isAddressField(clear: string, found: string, masked: SandboxOrder["masked"]): boolean {
  if (found === clear) {
    return true
  }
  if (masked === false) {
    return false
  }
  return masked === true ? found === "****" : isPartialMask(clear, found)
}

/** `T******g` for `Tan Wei Ming`: an end or both of the clear text, and asterisks for the rest. */
function isPartialMask(clear: string, found: string): boolean {
  const [start = "", end = "", ...more] = found.split(/\*+/)
  return found.includes("*") && more.length === 0 && clear.startsWith(start) && clear.endsWith(end)
}

function sum(order: MedusaOrder, field: "captured_amount" | "refunded_amount"): number {
  return order.payment_collections.reduce((total, collection) => total + cents(collection[field] ?? 0), 0)
}

function cents(major: number): number {
  return Math.round(major * 100)
}

function moneyText(amountCents: number): string {
  return (amountCents / 100).toFixed(2)
}
