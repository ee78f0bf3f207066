import type { MedusaContainer } from "@medusajs/framework/types"
import { MathBN, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { type Capture, type CaptureRecords, toCaptureRecords } from "../captured-records"
import { onlyHeld, type OrderHold } from "../order-hold"
import { type CollectionRecord, type FoundCollection, paymentRecordsOf } from "../payment-records"

/** What a run wrote of one order's payment, so that it can be taken back. */
interface Captured {
  hold: OrderHold
  sessionId: string | null
  paymentId: string | null
  captureId: string | null
  transactionId: string | null
  /** The collection as it was. */
  before: CollectionRecord | null
}

const toRecord = ({
  id,
  status,
  authorized_amount,
  captured_amount,
  refunded_amount,
  completed_at,
}: FoundCollection): CollectionRecord => ({
  ...{ id, status, completed_at },
  ...{ authorized_amount, captured_amount, refunded_amount },
})

/** The order's transactions of these captures; a run that was killed may have written those of captures that it left. */
async function addTransactions(
  container: MedusaContainer,
  transactions: CaptureRecords["transactions"]
): Promise<Map<string, string>> {
  const orders = container.resolve(Modules.ORDER)
  const takenOver = transactions.filter(({ isTakenOver }) => isTakenOver).map(({ captureId }) => captureId)
  const present = takenOver.length > 0 ? await orders.listOrderTransactions({ reference_id: takenOver }) : []
  const known = new Set(present.map(({ reference_id }) => reference_id))
  const missing = transactions.filter(({ captureId }) => !known.has(captureId))
  const added =
    missing.length === 0
      ? []
      : await orders.addOrderTransactions(
          missing.map(({ orderId, amount, currencyCode, captureId }) => ({
            order_id: orderId,
            amount,
            currency_code: currencyCode,
            reference: "capture",
            reference_id: captureId,
          }))
        )
  return new Map(added.map(({ id, reference_id }) => [reference_id, id]))
}

/** Deletes what was written, the last first, so that nothing points to what is gone. What another worker has taken over is left to it. */
async function undo(container: MedusaContainer, done: Captured[]): Promise<void> {
  const ours = done.length > 0 ? await onlyHeld(container, done) : []
  const idsOf = (pick: (row: Captured) => string | null): string[] => ours.flatMap((row) => pick(row) ?? [])
  const records = paymentRecordsOf(container)
  const before = ours.flatMap((row) => row.before ?? [])
  if (before.length > 0) {
    await records.upsertPaymentCollections(before)
  }
  const transactionIds = idsOf(({ transactionId }) => transactionId)
  if (transactionIds.length > 0) {
    await container.resolve(Modules.ORDER).deleteOrderTransactions(transactionIds)
  }
  const captureIds = idsOf(({ captureId }) => captureId)
  if (captureIds.length > 0) {
    await records.deleteCaptures(captureIds)
  }
  const paymentIds = idsOf(({ paymentId }) => paymentId)
  if (paymentIds.length > 0) {
    await records.deletePayments(paymentIds)
  }
  const sessionIds = idsOf(({ sessionId }) => sessionId)
  if (sessionIds.length > 0) {
    await records.deletePaymentSessions(sessionIds)
  }
}

/**
 * Captures the orders' payments, all at once (docs/decisions/0032-payments-in-batches.md): the records that Medusa's module writes
 * when our provider answers `captured` to a session that is authorised, without the forty statements that it takes for each.
 *
 * The collection's sums come last and are what says that a payment is captured. A run that is killed before is finished by the next
 * one, which takes over what it finds.
 *
 * Orders that another worker has taken over meanwhile are left to it, and don't fail the others.
 *
 * Compensation deletes what was written and puts the collections back.
 */
export const capturePaymentsStep = createStep(
  "capture-shopee-payments",
  async ({ captures }: { captures: Capture[] }, { container }) => {
    const due = captures.filter(({ amount }) => MathBN.gt(amount, 0))
    const held = due.length > 0 ? await onlyHeld(container, due) : []
    if (held.length === 0) {
      return new StepResponse<string[], Captured[]>([], [])
    }
    const records = paymentRecordsOf(container)
    const collectionIds = held.map(({ paymentCollectionId }) => paymentCollectionId)
    const [collections, sessions] = await Promise.all([
      records.listPaymentCollections({ id: collectionIds }),
      records.listPaymentSessions(
        { payment_collection_id: collectionIds },
        { relations: ["payment", "payment.captures"] }
      ),
    ])
    const made = toCaptureRecords(held, collections, sessions, new Date())
    const done = held.map(({ hold }): Captured => ({
      hold,
      ...{ sessionId: null, paymentId: null, captureId: null, transactionId: null, before: null },
    }))
    const rowOf = new Map(collectionIds.map((id, index) => [id, done[index]]))
    const note = (collectionId: string, fields: Partial<Captured>) =>
      Object.assign(rowOf.get(collectionId) ?? {}, fields)
    try {
      if (made.sessions.length > 0) {
        await records.createPaymentSessions(made.sessions)
        made.sessions.forEach((row) => note(row.payment_collection_id, { sessionId: row.id }))
      }
      if (made.payments.length > 0) {
        await records.createPayments(made.payments)
        made.payments.forEach((row) => note(row.payment_collection_id, { paymentId: row.id }))
      }
      const fresh = made.transactions.filter(({ isTakenOver }) => !isTakenOver)
      if (fresh.length > 0) {
        await records.createCaptures(made.captures)
        fresh.forEach((row) => note(row.collectionId, { captureId: row.captureId }))
      }
      failPoint("payments-captured")
      const stillHeld = await onlyHeld(container, made.transactions)
      const added = await addTransactions(container, stillHeld)
      stillHeld.forEach((row) => note(row.collectionId, { transactionId: added.get(row.captureId) ?? null }))
      const heldCollections = new Set(stillHeld.map(({ collectionId }) => collectionId))
      await records.upsertPaymentCollections(made.collections.filter(({ id }) => heldCollections.has(id)))
      collections
        .filter(({ id }) => heldCollections.has(id))
        .forEach((collection) => note(collection.id, { before: toRecord(collection) }))
    } catch (error) {
      await undo(container, done)
      throw error
    }
    return new StepResponse(
      done.flatMap(({ paymentId }) => paymentId ?? []),
      done
    )
  },
  async (done, { container }) => {
    await undo(container, done ?? [])
  }
)
