import type { BigNumberInput, MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, ContainerRegistrationKeys, MathBN, Modules } from "@medusajs/framework/utils"
import { RETURN_SN_KEY } from "../../modules/connectors/shopee/types/return-record"
import { applyOrderChange } from "./order-change"

interface Amount {
  amount: number
}

interface RefundRow extends Amount {
  metadata?: Record<string, unknown> | null
}

interface PaymentRow {
  id: string
  captures?: Amount[]
  refunds?: RefundRow[]
}

interface OrderRow {
  currency_code: string
  summary?: { pending_difference?: number } | null
  payment_collections?: ({ id: string; payments?: PaymentRow[] | null } | null)[] | null
  transactions?: (Amount & { reference: string | null })[] | null
}

const sumOf = (amounts: Amount[] | null | undefined) =>
  (amounts ?? []).reduce((sum, { amount }) => MathBN.add(sum, amount), MathBN.convert(0))

async function readOrder(container: MedusaContainer, orderId: string): Promise<OrderRow> {
  const { data } = await container.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "order",
    fields: [
      "currency_code",
      "summary.*",
      "payment_collections.id",
      "payment_collections.payments.id",
      "payment_collections.payments.captures.amount",
      "payment_collections.payments.refunds.amount",
      "payment_collections.payments.refunds.metadata",
      "transactions.amount",
      "transactions.reference",
    ],
    filters: { id: orderId },
  })
  const orders: OrderRow[] = data
  const [order] = orders
  if (!order) {
    throw new Error(`There is no order ${orderId}.`)
  }
  return order
}

const paymentsOf = (order: OrderRow): PaymentRow[] =>
  (order.payment_collections ?? []).flatMap((collection) => collection?.payments ?? [])

/** What of a payment can still be refunded. */
export interface RefundablePayment {
  paymentId: string
  /** Captured and not refunded. */
  left: BigNumberInput
  /** Refunded so far, by the Shopee return that it was for. */
  byReturn: ReadonlyMap<string, BigNumberInput>
}

/** The order's payments with what is left of them. */
export async function readRefundable(container: MedusaContainer, orderId: string): Promise<RefundablePayment[]> {
  return paymentsOf(await readOrder(container, orderId)).map(({ id, captures, refunds }) => {
    const byReturn = new Map<string, BigNumberInput>()
    for (const { amount, metadata } of refunds ?? []) {
      const returnSn = metadata?.[RETURN_SN_KEY]
      if (typeof returnSn === "string") {
        byReturn.set(returnSn, MathBN.add(byReturn.get(returnSn) ?? 0, amount))
      }
    }
    return { paymentId: id, left: MathBN.sub(sumOf(captures), sumOf(refunds)), byReturn }
  })
}

/** The order's account has to know of every refund of its payments. */
export async function recordRefunds(container: MedusaContainer, orderId: string): Promise<void> {
  const order = await readOrder(container, orderId)
  const refunded = sumOf(paymentsOf(order).flatMap(({ refunds }) => refunds ?? []))
  const missing = MathBN.add(refunded, bookedOf(order, "refund"))
  await book(container, orderId, order, "refund", MathBN.gt(missing, 0) ? MathBN.mult(missing, -1) : 0)
}

/** The order's account has to know of every capture of its payments. */
export async function recordCaptures(container: MedusaContainer, orderId: string): Promise<void> {
  const order = await readOrder(container, orderId)
  const captured = sumOf(paymentsOf(order).flatMap(({ captures }) => captures ?? []))
  const missing = MathBN.sub(captured, bookedOf(order, "capture"))
  await book(container, orderId, order, "capture", MathBN.gt(missing, 0) ? missing : 0)
}

type Booking = "capture" | "refund"

const bookedOf = (order: OrderRow, booking: Booking) =>
  sumOf((order.transactions ?? []).filter(({ reference }) => reference === booking))

async function book(
  container: MedusaContainer,
  orderId: string,
  order: OrderRow,
  reference: Booking,
  amount: BigNumberInput
): Promise<void> {
  if (MathBN.eq(amount, 0)) {
    return
  }
  await container.resolve(Modules.ORDER).addOrderTransactions([
    {
      order_id: orderId,
      amount,
      currency_code: order.currency_code,
      reference,
      reference_id: paymentsOf(order)[0]?.id ?? "",
    },
  ])
}

/** What of the refunds nothing that came back accounts for: Admin would ask the buyer for it again. */
export async function readUncreditedRefunds(container: MedusaContainer, orderId: string): Promise<BigNumberInput> {
  const order = await readOrder(container, orderId)
  const refunded = sumOf(paymentsOf(order).flatMap(({ refunds }) => refunds ?? []))
  return MathBN.min(refunded, MathBN.convert(order.summary?.pending_difference ?? 0))
}

/** What Medusa thinks that the buyer owes; negative when the buyer is owed. */
export async function readOpenAmount(container: MedusaContainer, orderId: string): Promise<BigNumberInput> {
  return MathBN.convert((await readOrder(container, orderId)).summary?.pending_difference ?? 0)
}

/**
 * Credits the order's account with an amount, as one version of the order: negative takes from it.
 *
 * @throws what Medusa throws when somebody holds an open change of the order
 */
export async function creditOrder(container: MedusaContainer, orderId: string, credit: BigNumberInput): Promise<void> {
  const order = await readOrder(container, orderId)
  await applyOrderChange(container, {
    order_id: orderId,
    description: "Refunded by Shopee",
    actions: [
      {
        order_id: orderId,
        action: ChangeActionType.CREDIT_LINE_ADD,
        reference: "payment_collection",
        reference_id: order.payment_collections?.[0]?.id ?? "",
        amount: credit,
      },
    ],
  })
}

/** Books the refunds of an order and credits what nothing else accounts for, so that Admin asks the buyer for none of it. A repeat does nothing. */
export async function settleRefunds(container: MedusaContainer, orderId: string): Promise<void> {
  await recordRefunds(container, orderId)
  const credit = await readUncreditedRefunds(container, orderId)
  if (MathBN.gt(credit, 0)) {
    await creditOrder(container, orderId, credit)
  }
}
