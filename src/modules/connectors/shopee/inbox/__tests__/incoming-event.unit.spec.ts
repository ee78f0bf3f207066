import { RawEventSource } from "../../types/enums"
import { parsePush } from "../../webhook/parse-push"
import { statusPush } from "../../webhook/__tests__/push-samples"
import { toIncomingEvent } from "../incoming-event"

const event = (body: Buffer | object | string, authorization: string | undefined = "ab".repeat(32)) => {
  const rawBody = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body))
  return toIncomingEvent({ rawBody, authorization }, parsePush(rawBody))
}

describe("toIncomingEvent", () => {
  it("is what Shopee said, with the bytes that it signed", () => {
    const rawBody = Buffer.from(JSON.stringify(statusPush()))
    const incoming = event(rawBody)

    expect(incoming).toMatchObject({
      eventType: 3,
      shopeeEventId: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
      shopId: "90210",
      ordersn: "260301ABCDEF03",
      signature: "ab".repeat(32),
      signatureOk: true,
      source: RawEventSource.WEBHOOK,
      payload: { code: 3, data: { status: "READY_TO_SHIP" } },
    })
    expect(Buffer.from(incoming.rawBody ?? "", "base64").equals(rawBody)).toBe(true)
  })

  it.each<[string, Record<string, unknown>, Date | null]>([
    ["a number", { update_time: 1772330000 }, new Date(1772330000_000)],
    ["digits", { update_time: "1772330000" }, new Date(1772330000_000)],
    ["none", { update_time: 0 }, null],
    ["a word", { update_time: "soon" }, null],
    ["below zero", { update_time: -5 }, null],
  ])("keeps when Shopee changed the order, told as %s", (_, fields, updateTime) => {
    expect(event(statusPush(fields)).updateTime).toEqual(updateTime)
  })

  it("is the same event when it is told again with another message id and time", () => {
    const again = statusPush({}, { msg_id: "another", timestamp: 1772339999 })

    expect(event(again).identity).toBe(event(statusPush()).identity)
    expect(event(statusPush({ status: "SHIPPED" })).identity).not.toBe(event(statusPush()).identity)
    expect(event(statusPush({ update_time: 1772330009 })).identity).not.toBe(event(statusPush()).identity)
  })

  it.each([
    ["no JSON", "<html>"],
    ["no object", "[]"],
    ["no code", '{"shop_id":1}'],
  ])("of a body that is no push (%s) keeps the bytes under code -1 and believes nothing", (_, body) => {
    expect(event(body)).toMatchObject({
      eventType: -1,
      shopeeEventId: null,
      shopId: null,
      ordersn: null,
      payload: {},
      signatureOk: true,
      rawBody: Buffer.from(body).toString("base64"),
    })
  })

  it("of bytes that are no text keeps every one, and tells two such bodies apart", () => {
    const bytes = Buffer.from([0xff, 0x00, 0xfe, 0x80])

    expect(event(bytes)).toMatchObject({ eventType: -1, rawBody: bytes.toString("base64") })
    expect(event(bytes).identity).toBe(event(Buffer.from(bytes)).identity)
    expect(event(bytes).identity).not.toBe(event(Buffer.from([0xff, 0x00, 0xfe, 0x81])).identity)
  })

  it("of an order push without an order concerns none", () => {
    expect(event(statusPush({ ordersn: undefined }))).toMatchObject({ eventType: 3, shopId: "90210", ordersn: null })
  })

  it.each([3, 4, 29, 47, 99, 5])(
    "with code %i, an order and no shop concerns none: nothing could be made due",
    (code) => {
      expect(event(statusPush({}, { code, shop_id: undefined }))).toMatchObject({
        eventType: code,
        shopId: null,
        ordersn: null,
        payload: { data: { ordersn: "260301ABCDEF03" } },
      })
    }
  )

  it("of an unknown code that names an order makes that order due", () => {
    expect(event(statusPush({}, { code: 99 }))).toMatchObject({ eventType: 99, ordersn: "260301ABCDEF03" })
  })

  it("without an Authorization header has no signature", () => {
    const rawBody = Buffer.from("{}")

    expect(toIncomingEvent({ rawBody, authorization: undefined }, parsePush(rawBody)).signature).toBeNull()
  })
})
