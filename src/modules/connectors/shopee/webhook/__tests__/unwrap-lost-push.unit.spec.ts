import fc from "fast-check"
import { isUnreadable } from "../../types/push"
import { parsePush, unwrapLostPush } from "../parse-push"
import { statusPush } from "./push-samples"

const read = (push: object) => parsePush(JSON.stringify(push))

describe("unwrapLostPush", () => {
  const lost = (push: object, item: object = {}) => ({
    shop_id: 90210,
    code: 3,
    timestamp: 1772400000,
    data: JSON.stringify(push),
    ...item,
  })

  it("gives the push itself, with the push's own timestamp", () => {
    expect(unwrapLostPush(lost(statusPush()))).toEqual(read(statusPush()))
  })

  it("unwraps data that holds its own data as a string once more", () => {
    const push = statusPush()
    expect(unwrapLostPush(lost({ ...push, data: JSON.stringify(push.data) }))).toEqual(read(push))
  })

  it("takes data that already is an object", () => {
    expect(unwrapLostPush({ ...lost({}), data: statusPush() })).toEqual(read(statusPush()))
  })

  it("takes an item that holds only the push's data", () => {
    const { data } = statusPush()
    expect(
      unwrapLostPush({ code: 3, shop_id: 90210, timestamp: 1772330001, data: JSON.stringify(data) })
    ).toMatchObject({
      code: 3,
      shop_id: "90210",
      ordersn: "260301ABCDEF03",
      timestamp: 1772330001,
    })
  })

  it("reads the item's msg_id when the push has none", () => {
    const { msg_id: _none, ...push } = statusPush()
    expect(unwrapLostPush(lost(push, { msg_id: "item-1" }))).toMatchObject({ msg_id: "item-1" })
    expect(unwrapLostPush(lost(statusPush(), { msg_id: "item-1" }))).toMatchObject({
      msg_id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
    })
  })

  it("reads a partner-level push that has no shop", () => {
    const push = { code: 12, timestamp: 1772330000, data: { shop_expire_soon: [1], page_no: 1, total_page: 1 } }
    expect(unwrapLostPush({ code: 12, timestamp: 1772400000, data: JSON.stringify(push) })).toEqual(read(push))
  })

  it("keeps every digit of ids above 2^53", () => {
    const data = '{"data":{"ordersn":"A1","forder_id":7123456789012345677},"shop_id":1,"code":4,"timestamp":5}'
    expect(unwrapLostPush({ shop_id: 1, code: 4, timestamp: 9, data })).toMatchObject({
      data: { forder_id: "7123456789012345677" },
      timestamp: 5,
    })
  })

  it("never throws, whatever the item", () => {
    fc.assert(
      fc.property(fc.anything(), (item) => {
        expect(Object.keys(unwrapLostPush(item)).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 }
    )
    const circle: Record<string, unknown> = {}
    circle.data = circle
    expect(isUnreadable(unwrapLostPush(circle))).toBe(true)
  })
})
