import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, PaymentCollectionStatus, PaymentSessionStatus } from "@medusajs/framework/utils"

/** Decimal text in major units, as everywhere; Medusa keeps it exactly. */
type Amount = string

/** Money as Medusa answers it. */
type Decimal = number | string

export interface SessionRecord {
  id: string
  payment_collection_id: string
  provider_id: string
  currency_code: string
  amount: Amount
  data: Record<string, unknown>
  status: PaymentSessionStatus
  authorized_at: Date
}

export interface PaymentRecord {
  id: string
  payment_collection_id: string
  /** The session's id. */
  payment_session: string
  provider_id: string
  currency_code: string
  amount: Amount
  data: Record<string, unknown>
  captured_at: Date
}

export interface CaptureRecord {
  id: string
  /** The payment's id. */
  payment: string
  amount: Amount
}

export interface CollectionRecord {
  id: string
  status: PaymentCollectionStatus
  authorized_amount: Decimal | null
  captured_amount: Decimal | null
  refunded_amount: Decimal | null
  completed_at: Date | null
}

/** A collection as Medusa answers it. */
export interface FoundCollection extends CollectionRecord {
  amount: Decimal
}

/** A session with what was made of it, as Medusa answers it. */
export interface FoundSession {
  id: string
  payment_collection_id: string
  provider_id: string
  amount: Decimal
  status: string
  payment?: {
    id: string
    canceled_at: Date | string | null
    captures?: { id: string; amount: Decimal }[] | null
  } | null
}

/**
 * The payment module's records, many at a time. Medusa makes these methods for every model of a module; the interface that it
 * publishes for payments leaves them out, since a session is meant to be authorised by its provider, one by one.
 */
export interface PaymentRecords {
  createPaymentSessions(rows: SessionRecord[]): Promise<{ id: string }[]>
  createPayments(rows: PaymentRecord[]): Promise<{ id: string }[]>
  createCaptures(rows: CaptureRecord[]): Promise<{ id: string }[]>
  deletePaymentSessions(ids: string[]): Promise<void>
  deletePayments(ids: string[]): Promise<void>
  deleteCaptures(ids: string[]): Promise<void>
  upsertPaymentCollections(rows: CollectionRecord[]): Promise<{ id: string }[]>
  listPaymentSessions(
    filters: { payment_collection_id: string[] },
    config: { relations: string[] }
  ): Promise<FoundSession[]>
  listPaymentCollections(filters: { id: string[] }): Promise<FoundCollection[]>
}

export const paymentRecordsOf = (container: MedusaContainer): PaymentRecords =>
  container.resolve<PaymentRecords>(Modules.PAYMENT)
