import type { EscrowRecord } from "../../sql/escrow-row"
import { toEscrowRow, toEscrowView } from "../escrow-view"

const FETCHED = new Date("2026-11-20T04:00:00Z")
const RELEASED = new Date("2026-11-23T04:00:00Z")

const record = (facts: Partial<EscrowRecord> = {}): EscrowRecord => ({
  id: "sesc_1",
  ordersn: "2611200001",
  shop_id: "700001",
  currency: "SGD",
  escrow_amount: "38.95",
  payout_amount: null,
  adjustment_amount: "0",
  difference: "0",
  adds_up: true,
  late: false,
  buyer_total_amount: "39.40",
  commission_fee: "1.04",
  service_fee: "0.62",
  seller_transaction_fee: "0.79",
  created_at: FETCHED,
  fetched_at: FETCHED,
  escrow_release_time: null,
  medusa_order_id: "order_1",
  ...facts,
})

const released = (payout: string, facts: Partial<EscrowRecord> = {}) =>
  toEscrowRow(record({ escrow_release_time: RELEASED, payout_amount: payout, ...facts }))

describe("toEscrowRow", () => {
  it("calls an escrow provisional until it has a release time", () => {
    expect(toEscrowRow(record())).toMatchObject({ state: "provisional", payout_amount: null, released_at: null })
    expect(released("38.95")).toMatchObject({ state: "released", released_at: "2026-11-23T04:00:00.000Z" })
  })

  it("finds no difference in a payout that equals the escrow", () => {
    expect(released("38.950")).toMatchObject({ payout_amount: "38.95", difference: "0", cause: null })
  })

  it("names adjustments when they account for the difference, to the cent", () => {
    expect(released("36.45", { adjustment_amount: "-2.5" })).toMatchObject({ difference: "-2.5", cause: "adjustment" })
    expect(released("36.44", { adjustment_amount: "-2.5" })).toMatchObject({
      difference: "-2.51",
      cause: "unexplained",
    })
  })

  it("names the components when they don't come to the escrow", () => {
    const facts = { adds_up: false, difference: "0.31" }
    expect(toEscrowRow(record(facts))).toMatchObject({ difference: "0.31", cause: "components" })
    expect(released("38.95", facts)).toMatchObject({ difference: "0", cause: "components" })
  })

  it("does not compare a released escrow whose payout Shopee has not named", () => {
    expect(toEscrowRow(record({ escrow_release_time: RELEASED }))).toMatchObject({ difference: "0", cause: null })
  })
})

describe("toEscrowView", () => {
  it("lists the components that are not 0, and what they lack", () => {
    const view = toEscrowView({
      ...record({ escrow_amount: "8.6", adds_up: false, difference: "0.1" }),
      raw_escrow_payload: {
        order_income: { escrow_amount: 8.6, original_cost_of_goods_sold: 10, commission_fee: 1.5, service_fee: 0 },
      },
    })
    expect(view).toMatchObject({
      components: [
        { name: "original_cost_of_goods_sold", amount: "10" },
        { name: "commission_fee", amount: "-1.5" },
      ],
      unexplained: "0.1",
    })
  })
})
