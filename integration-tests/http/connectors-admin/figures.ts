import { drainInbox } from "../../../src/modules/connectors/shopee/inbox/drain"
import { escrowSample } from "../../../src/modules/connectors/shopee/service/__tests__/escrow-sample"
import type { EscrowWeeksAnswer, ShopeeActivityAnswer } from "../../../src/modules/connectors/shopee/types/desk"
import type { DeskCall } from "../../support/desk-call"
import { orderPush, sendSigned } from "../../support/send-push"
import { connectorOf, SHOP_ID, stockCards } from "../../support/shopee-shop"
import { shopPart } from "../../support/shop-suite"

const DRAKE = "EMB-014-NM"
const SHOP = String(SHOP_ID)

/** What the operator's charts and files are made of (product §1 row 16). */
export const figures = shopPart({}, (shop) => {
  let call: DeskCall

  beforeEach(async () => {
    ;({ call } = await shop.logIn())
  })

  it("activity shows a pushed order in its hour, with how long it took", async () => {
    await stockCards(shop.container, { [DRAKE]: 10 })
    const { order_sn: ordersn } = await shop.sandbox.control.createOrder({
      lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 2 }],
      shipping_fee: 1.99,
      status: "READY_TO_SHIP",
      push: false,
    })
    expect(await sendSigned(shop.url, orderPush(ordersn))).toMatchObject({ status: 200 })
    await drainInbox(shop.container)
    const { status, answer } = await call<ShopeeActivityAnswer>("GET", "/shopee/activity?hours=48")
    expect([status, answer.hours.length]).toEqual([200, 48])
    expect(answer.hours.filter(({ orders }) => orders > 0)).toMatchObject([
      { orders: 1, caught_up: 1, p50_ms: expect.any(Number), p95_ms: expect.any(Number) },
    ])
    expect((await call<ShopeeActivityAnswer>("GET", "/shopee/activity")).answer.hours).toHaveLength(24)
  })

  it("activity refuses a range that is none", async () => {
    for (const hours of ["0", "169", "1.5", "day"]) {
      const { status, answer } = await call<{ type: string }>("GET", `/shopee/activity?hours=${hours}`)
      expect([hours, status, answer.type]).toEqual([hours, 400, "invalid_data"])
    }
  })

  it("escrows come as a file in which nothing is a formula", async () => {
    await connectorOf(shop.container).createShopeeEscrows([
      escrowSample("=HYPERLINK(1)", SHOP, {
        escrow_release_time: new Date(),
        payout_amount: 7.5,
        adjustment_amount: -2.5,
        adds_up: true,
        difference: 0,
      }),
    ])
    const { status, text } = await call("GET", "/shopee/escrows.csv?state=released&differs=true")
    expect(status).toBe(200)
    const [header, row, ...rest] = text.split("\r\n")
    expect(header).toMatch(
      /^ordersn,shop_id,currency,state,escrow_amount,payout_amount,adjustment_amount,difference,cause/
    )
    expect(row).toMatch(/^'=HYPERLINK\(1\),700321,SGD,released,10,7\.5,-2\.5,-2\.5,adjustment,false,12/)
    expect(rest).toEqual([""])
    expect((await call<EscrowWeeksAnswer>("GET", "/shopee/escrows/weeks")).answer.weeks).toMatchObject([
      { currency: "SGD", count: 1, escrow_amount: "10", payout_amount: "7.5" },
    ])
  })
})
