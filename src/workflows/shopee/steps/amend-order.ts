import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { OrderPrice } from "../../../modules/connectors/shopee/types/order-price"
import type { LineQuantity } from "../../../modules/connectors/shopee/types/plan"
import { addedFeeLine, type AmendableLine, feeLineToAdd, toChangeActions } from "../amendment"
import { applyOrderChange } from "../order-change"
import { isHeld, type OrderHold, requireHold } from "../order-hold"
import { type MovedStock, moveBack } from "../parcel-stock"
import { releaseUnwanted } from "../reserved-pieces"

export interface AmendOrderInput {
  orderId: string
  hold: OrderHold
  paymentCollectionId: string
  price: OrderPrice
  /** Pieces that the order's Shopee lines have to have, never fewer than are packed; `key` names the line in `price`. */
  lines: (LineQuantity & { key: string })[]
}

interface Amended {
  orderId: string
  hold: OrderHold
  released: MovedStock | null
  addedLineIds: string[]
  /** The shipping method as it was; null when it was not changed. */
  method: { id: string; amount: string } | null
  isChanged: boolean
  collection: { id: string; amount: string } | null
}

async function readOrder(container: MedusaContainer, { orderId, lines: wanted }: AmendOrderInput) {
  const order = await container
    .resolve(Modules.ORDER)
    .retrieveOrder(orderId, { relations: ["items", "shipping_methods"] })
  const lines = (order.items ?? []).map((item): AmendableLine => {
    const known = wanted.find(({ lineId }) => lineId === item.id)
    const ownKey = typeof item.metadata?.shopee_line_key === "string" ? item.metadata.shopee_line_key : null
    return {
      id: item.id,
      key: known?.key ?? ownKey,
      quantity: Number(item.quantity),
      wanted: known?.quantity ?? Number(item.quantity),
      fulfilled: Number(item.detail.fulfilled_quantity),
      unitPrice: String(item.unit_price),
    }
  })
  const [method] = order.shipping_methods ?? []
  return { lines, method: method ? { id: method.id, amount: String(method.amount) } : null }
}

/** What is going to be paid; what was paid already keeps its amount, and refunds say what went back. */
async function amendCollection(
  container: MedusaContainer,
  { paymentCollectionId, price }: AmendOrderInput,
  done: Amended
): Promise<void> {
  const payments = container.resolve(Modules.PAYMENT)
  const { id, amount, captured_amount } = await payments.retrievePaymentCollection(paymentCollectionId)
  if (MathBN.gt(captured_amount ?? 0, 0)) {
    return
  }
  done.collection = { id, amount: String(amount) }
  await payments.updatePaymentCollections(id, { amount: price.total })
}

/** What another worker has taken over is left to it: the last version of the order may be its own. */
async function undo(container: MedusaContainer, done: Amended): Promise<void> {
  if (!(await isHeld(container, done.hold))) {
    return
  }
  const orders = container.resolve(Modules.ORDER)
  if (done.collection) {
    await container
      .resolve(Modules.PAYMENT)
      .updatePaymentCollections(done.collection.id, { amount: done.collection.amount })
  }
  if (done.isChanged) {
    await orders.revertLastVersion(done.orderId)
  }
  if (done.addedLineIds.length > 0) {
    await orders.deleteOrderLineItems(done.addedLineIds)
  }
  if (done.method) {
    await orders.updateOrderShippingMethods([done.method])
  }
  if (done.released) {
    await moveBack(container, done.released)
  }
}

/**
 * Brings an order to what Shopee knows of it now: once it is paid Shopee tells the total, and with it vouchers, coins and fees; once some
 * pieces are cancelled, fewer are wanted and less is owed. Made as one confirmed order change, so that Medusa's summary and history follow.
 *
 * Reservations go first, the order's lines next to last: as long as those are not there, the planner asks for the whole again, and what was
 * done by then is not done twice. A step that fails in the middle takes back what it did. Compensation takes the change back.
 *
 * @throws OrderLostError when another worker has the order; what Medusa throws when somebody holds an open change of the order, or a line would have fewer pieces than are packed
 */
export const amendOrderStep = createStep(
  "amend-shopee-order",
  async (input: AmendOrderInput, { container }) => {
    const { orderId, hold, price } = input
    const orders = container.resolve(Modules.ORDER)
    const { lines, method } = await readOrder(container, input)
    const done: Amended = {
      ...{ orderId, hold, released: null, addedLineIds: [], method: null, isChanged: false, collection: null },
    }
    try {
      const fewer = lines.filter(({ quantity, wanted }) => wanted < quantity)
      done.released = await releaseUnwanted(container, orderId, new Map(fewer.map(({ id, wanted }) => [id, wanted])))
      const addition = feeLineToAdd(lines, price)
      const added = addition ? await orders.createOrderLineItems(orderId, [addition]) : []
      done.addedLineIds = added.map(({ id }) => id)
      const fees = added.map(({ id }) => addedFeeLine(id, price))
      if (method) {
        await orders.updateOrderShippingMethods([{ id: method.id, amount: price.shipping }])
        done.method = method
      }
      await requireHold(container, hold)
      await applyOrderChange(container, {
        order_id: orderId,
        change_type: "edit",
        description: "As Shopee knows the order now",
        actions: toChangeActions([...lines, ...fees], price, method?.id ?? null),
      })
      done.isChanged = true
      await amendCollection(container, input, done)
    } catch (error) {
      await undo(container, done)
      throw error
    }
    return new StepResponse(orderId, done)
  },
  async (done, { container }) => {
    if (done) {
      await undo(container, done)
    }
  }
)
