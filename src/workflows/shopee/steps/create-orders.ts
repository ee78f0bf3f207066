import type { CreateOrderDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import type { OrderImport } from "../../../modules/connectors/shopee/types/order-import"
import { toAdjustments, toLineItem } from "../line-item"
import { onlyHeld, type OrderHold } from "../order-hold"
import { marketKey } from "./ensure-regions"

export interface CreateOrdersInput {
  orders: OrderImport[]
  salesChannelId: string
  /** By `marketKey`. */
  regionIds: Record<string, string>
  /** By e-mail address. */
  customerIds: Record<string, string>
}

/** A created order with the ids of its lines, in the sequence of the import's lines. */
export interface CreatedOrder {
  ordersn: string
  orderId: string
  lineIds: string[]
}

/** An order that this run created, with the claim under which it may be deleted again. */
interface OrderToDelete {
  orderId: string
  hold: OrderHold
}

function toOrder(order: OrderImport, input: CreateOrdersInput): CreateOrderDTO {
  return {
    status: "pending",
    region_id: input.regionIds[marketKey(order)],
    sales_channel_id: input.salesChannelId,
    customer_id: input.customerIds[order.buyer.email],
    email: order.buyer.email,
    currency_code: order.currencyCode,
    // The buyer hears from Shopee; the address we made up has no mailbox.
    no_notification: true,
    shipping_address: {
      ...order.address,
      address_2: order.address.address_2 ?? undefined,
      province: order.address.province ?? undefined,
    },
    items: order.lines.map(toLineItem),
    shipping_methods: [
      {
        name: order.shipping.name,
        amount: order.shipping.amount,
        is_tax_inclusive: true,
        adjustments: toAdjustments(order.shipping.adjustments),
      },
    ],
    metadata: order.metadata,
  }
}

/**
 * Creates the orders through the order module, all at once: Medusa's `createOrderWorkflow` takes one order at a time, applies
 * automatic promotions and looks prices up, none of which an order that was placed on Shopee wants.
 *
 * The module gives each order its unique display id, so a second order of one Shopee order fails here.
 *
 * @returns in the sequence of the input. Compensation deletes the orders, but for those whose lease has ended meanwhile: another worker
 * may have taken such an order over and finished it, and whoever comes next takes it over if none has.
 */
export const createOrdersStep = createStep(
  "create-shopee-orders",
  async (input: CreateOrdersInput, { container }) => {
    const orders = await container
      .resolve(Modules.ORDER)
      .createOrders(input.orders.map((order) => toOrder(order, input)))
    failPoint("orders-created")
    const bySn = new Map(orders.map((order) => [order.metadata?.shopee_ordersn, order]))
    const created = input.orders.map((order): CreatedOrder => {
      const made = bySn.get(order.ordersn)
      if (!made) {
        throw new Error(`Medusa did not answer with the order it created for Shopee order ${order.ordersn}.`)
      }
      const lineIds = new Map(made.items?.map((item) => [item.metadata?.shopee_line_key, item.id]))
      return {
        ordersn: order.ordersn,
        orderId: made.id,
        lineIds: order.lines.map((line) => lineIds.get(line.metadata.shopee_line_key) ?? ""),
      }
    })
    return new StepResponse(
      created,
      created.map(({ orderId }, index): OrderToDelete => {
        const { syncId = "", claimId } = input.orders[index] ?? {}
        return { orderId, hold: { syncId, claimId } }
      })
    )
  },
  async (orders, { container }) => {
    const ours = await onlyHeld(container, orders ?? [])
    if (ours.length > 0) {
      await container.resolve(Modules.ORDER).deleteOrders(ours.map(({ orderId }) => orderId))
    }
  }
)
