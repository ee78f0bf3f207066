import { PaymentCollectionStatus } from "@medusajs/framework/utils"
import { type Capture, toCaptureRecords } from "../captured-records"
import type { FoundCollection, FoundSession } from "../payment-records"

const NOW = new Date("2026-11-26T02:00:00Z")

const CAPTURE: Capture = {
  orderId: "order_1",
  hold: { syncId: "sosync_1" },
  ordersn: "261126AAAA",
  paymentCollectionId: "pay_col_1",
  currencyCode: "SGD",
  amount: "26.5",
}

const COLLECTION: FoundCollection = {
  id: "pay_col_1",
  amount: 26.5,
  status: PaymentCollectionStatus.NOT_PAID,
  authorized_amount: null,
  captured_amount: null,
  refunded_amount: null,
  completed_at: null,
}

const session = (payment: FoundSession["payment"], fields: Partial<FoundSession> = {}): FoundSession => ({
  id: "payses_1",
  payment_collection_id: "pay_col_1",
  provider_id: "pp_shopee_shopee",
  amount: 26.5,
  status: "authorized",
  payment,
  ...fields,
})

const payment = (captures: { id: string; amount: number }[], canceled_at: Date | null = null) => ({
  id: "pay_1",
  canceled_at,
  captures,
})

const counts = ({ sessions, payments, captures }: ReturnType<typeof toCaptureRecords>) => [
  sessions.length,
  payments.length,
  captures.length,
]

describe("toCaptureRecords", () => {
  it("makes session, payment and capture of a payment that nobody has begun, and a completed collection", () => {
    const made = toCaptureRecords([CAPTURE], [COLLECTION], [], NOW)
    const [{ id: sessionId } = { id: "" }] = made.sessions
    const [{ id: paymentId } = { id: "" }] = made.payments
    expect(made.sessions).toMatchObject([
      { currency_code: "sgd", amount: "26.5", data: { shopee_ordersn: "261126AAAA", session_id: sessionId } },
    ])
    expect(made.payments).toMatchObject([{ payment_session: sessionId, captured_at: NOW }])
    expect(made.captures).toMatchObject([{ payment: paymentId, amount: "26.5" }])
    expect(made.collections).toEqual([
      {
        id: "pay_col_1",
        status: "completed",
        authorized_amount: "26.5",
        captured_amount: "26.5",
        refunded_amount: "0",
        completed_at: NOW,
      },
    ])
    expect(made.transactions).toMatchObject([{ orderId: "order_1", captureId: made.captures[0]?.id }])
  })

  it.each<[string, FoundSession, number[]]>([
    ["its session", session(null), [0, 1, 1]],
    ["its session and payment", session(payment([])), [0, 0, 1]],
    ["everything but the collection's sums", session(payment([{ id: "capt_1", amount: 26.5 }])), [0, 0, 0]],
  ])("goes on where a killed run left %s", (_, found, written) => {
    const made = toCaptureRecords([CAPTURE], [COLLECTION], [found], NOW)
    expect(counts(made)).toEqual(written)
    expect(made.collections).toMatchObject([
      { authorized_amount: "26.5", captured_amount: "26.5", status: "completed" },
    ])
    expect(made.transactions).toHaveLength(1)
  })

  it.each<[string, FoundSession]>([
    ["a session of another amount", session(null, { amount: 20 })],
    ["a session of another provider", session(null, { provider_id: "pp_system_default" })],
    ["a session that was never authorised", session(null, { status: "pending" })],
    ["a payment that was cancelled", session(payment([{ id: "capt_1", amount: 26.5 }], NOW))],
  ])("takes over nothing of %s", (_, found) => {
    const made = toCaptureRecords([CAPTURE], [COLLECTION], [found], NOW)
    expect(counts(made)).toEqual([1, 1, 1])
    expect(made.collections).toMatchObject([{ captured_amount: "26.5" }])
  })

  it("counts what was captured before, and knows that a part is not all", () => {
    const before = session(payment([{ id: "capt_1", amount: 10 }]), { amount: 10 })
    const collection = { ...COLLECTION, amount: 50, captured_amount: 10 }
    const made = toCaptureRecords([CAPTURE], [collection], [before], NOW)
    expect(counts(made)).toEqual([1, 1, 1])
    expect(made.collections).toMatchObject([
      { status: "partially_authorized", authorized_amount: "36.5", captured_amount: "36.5", completed_at: null },
    ])
  })

  it("refuses a capture without its collection", () => {
    expect(() => toCaptureRecords([CAPTURE], [], [], NOW)).toThrow(
      "Medusa has no payment collection pay_col_1 for Shopee order 261126AAAA."
    )
  })
})
