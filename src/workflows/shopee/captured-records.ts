import { generateEntityId, MathBN, PaymentCollectionStatus, PaymentSessionStatus } from "@medusajs/framework/utils"
import { SHOPEE_PAYMENT_PROVIDER_ID } from "../../providers/shopee-payment"
import type { OrderHold } from "./order-hold"
import type {
  CaptureRecord,
  CollectionRecord,
  FoundCollection,
  FoundSession,
  PaymentRecord,
  SessionRecord,
} from "./payment-records"

/** Money that Shopee has taken from the buyer. */
export interface Capture {
  orderId: string
  hold: OrderHold
  ordersn: string
  paymentCollectionId: string
  currencyCode: string
  /** Decimal text in major units. Zero: there is nothing to capture, and Medusa shows such a collection as captured. */
  amount: string
}

/** What tells the order's account of a capture. */
export interface CaptureTransaction {
  hold: OrderHold
  orderId: string
  collectionId: string
  currencyCode: string
  amount: string
  captureId: string
  /** The capture was there: a run that was killed may have written its transaction as well. */
  isTakenOver: boolean
}

/** What has to be written so that the payments of orders are captured. */
export interface CaptureRecords {
  sessions: SessionRecord[]
  payments: PaymentRecord[]
  captures: CaptureRecord[]
  collections: CollectionRecord[]
  /** The order's transaction of each capture, also of those that were there. */
  transactions: CaptureTransaction[]
}

const sumOf = (amounts: readonly (number | string)[]): string =>
  amounts.reduce<string>((sum, amount) => MathBN.add(sum, amount).toFixed(), "0")

const capturesOf = ({ payment }: FoundSession) => (payment && !payment.canceled_at ? (payment.captures ?? []) : [])

/**
 * A session of ours for this amount that a run which was killed left before the collection was told: without its payment, without its
 * capture, or with a capture that the collection doesn't count yet.
 */
function findHalfDone(
  sessions: readonly FoundSession[],
  collection: FoundCollection,
  { amount }: Capture
): FoundSession | undefined {
  const captured = sumOf(sessions.flatMap(capturesOf).map((row) => row.amount))
  const isCounted = MathBN.gte(collection.captured_amount ?? 0, captured)
  return sessions.find(
    (session) =>
      session.provider_id === SHOPEE_PAYMENT_PROVIDER_ID &&
      session.status === PaymentSessionStatus.AUTHORIZED &&
      MathBN.eq(session.amount, amount) &&
      !session.payment?.canceled_at &&
      (capturesOf(session).length === 0 || !isCounted)
  )
}

/** As Medusa's module counts it after each capture. */
function toCollection(
  collection: FoundCollection,
  authorized: string,
  captured: string,
  completedAt: Date
): CollectionRecord {
  const isComplete = MathBN.gte(captured, collection.amount)
  return {
    id: collection.id,
    status: isComplete
      ? PaymentCollectionStatus.COMPLETED
      : MathBN.gte(authorized, collection.amount)
        ? PaymentCollectionStatus.AUTHORIZED
        : PaymentCollectionStatus.PARTIALLY_AUTHORIZED,
    authorized_amount: authorized,
    captured_amount: captured,
    refunded_amount: collection.refunded_amount ?? "0",
    completed_at: isComplete ? completedAt : collection.completed_at,
  }
}

/**
 * The records that Medusa's payment module would write for these captures, were they made one by one: a session that our provider
 * authorised, its payment, its capture, and the sums of the collection. What a run that was killed wrote before is taken over.
 *
 * @throws Error for a capture without its collection
 */
export function toCaptureRecords(
  captures: readonly Capture[],
  collections: readonly FoundCollection[],
  found: readonly FoundSession[],
  now: Date
): CaptureRecords {
  const byId = new Map(collections.map((collection) => [collection.id, collection]))
  const records: CaptureRecords = { sessions: [], payments: [], captures: [], collections: [], transactions: [] }
  for (const capture of captures) {
    const { paymentCollectionId, amount, ordersn, orderId } = capture
    const collection = byId.get(paymentCollectionId)
    if (!collection) {
      throw new Error(`Medusa has no payment collection ${paymentCollectionId} for Shopee order ${ordersn}.`)
    }
    const sessions = found.filter((session) => session.payment_collection_id === paymentCollectionId)
    const halfDone = findHalfDone(sessions, collection, capture)
    const sessionId = halfDone?.id ?? generateEntityId(undefined, "payses")
    const paymentId = halfDone?.payment?.id ?? generateEntityId(undefined, "pay")
    const [madeCapture] = halfDone ? capturesOf(halfDone) : []
    const captureId = madeCapture?.id ?? generateEntityId(undefined, "capt")
    const shared = {
      payment_collection_id: paymentCollectionId,
      provider_id: SHOPEE_PAYMENT_PROVIDER_ID,
      currency_code: capture.currencyCode.toLowerCase(),
      amount,
      data: { shopee_ordersn: ordersn, session_id: sessionId },
    }
    if (!halfDone) {
      records.sessions.push({ ...shared, id: sessionId, status: PaymentSessionStatus.AUTHORIZED, authorized_at: now })
    }
    if (!halfDone?.payment) {
      records.payments.push({ ...shared, id: paymentId, payment_session: sessionId, captured_at: now })
    }
    if (!madeCapture) {
      records.captures.push({ id: captureId, payment: paymentId, amount })
    }
    const authorized = sessions.filter(({ status }) => status === PaymentSessionStatus.AUTHORIZED)
    records.collections.push(
      toCollection(
        collection,
        sumOf([...authorized.map((session) => session.amount), ...(halfDone ? [] : [amount])]),
        sumOf([...sessions.flatMap(capturesOf).map((row) => row.amount), ...(madeCapture ? [] : [amount])]),
        now
      )
    )
    records.transactions.push({
      hold: capture.hold,
      orderId,
      collectionId: paymentCollectionId,
      currencyCode: capture.currencyCode,
      amount,
      captureId,
      isTakenOver: madeCapture !== undefined,
    })
  }
  return records
}
