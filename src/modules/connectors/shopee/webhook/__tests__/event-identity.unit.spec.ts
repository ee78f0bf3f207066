import fc from "fast-check"
import { isUnreadable } from "../../types/push"
import { eventIdentity, findingIdentity, unreadableIdentity } from "../event-identity"
import { parsePush, unwrapLostPush } from "../parse-push"
import { readable } from "./push-samples"

const identityOf = (push: object) => eventIdentity(readable(parsePush(JSON.stringify(push))))

const status = (data: object = {}, envelope: object = {}) => ({
  data: {
    ordersn: "260301ABCDEF06",
    status: "SHIPPED",
    completed_scenario: "",
    update_time: 1772330000,
    items: [],
    ...data,
  },
  shop_id: 90210,
  code: 3,
  timestamp: 1772330001,
  ...envelope,
})

const tracking = (data: object = {}, envelope: object = {}) => ({
  data: { ordersn: "260301ABCDEF06", package_number: "OFG1", tracking_no: "SG1", ...data },
  shop_id: 90210,
  code: 4,
  timestamp: 1772330001,
  ...envelope,
})

const asLost = (push: object) => ({ shop_id: 90210, code: 3, timestamp: 1772999999, data: JSON.stringify(push) })

describe("eventIdentity", () => {
  it("is a sha256 in hex", () => {
    expect(identityOf(status())).toMatch(/^[0-9a-f]{64}$/)
  })

  it.each([
    ["an order status push", status()],
    ["a tracking push", tracking()],
    ["a push with a msg_id", status({}, { msg_id: "abc" })],
    ["a push of an unknown code", { code: 99, shop_id: 90210, timestamp: 5, data: { a: [1, { b: null }] } }],
    ["a push without a shop", { code: 12, timestamp: 5, data: { shop_expire_soon: [1, 2] } }],
    ["a push with an id above 2^53", tracking({ forder_id: "7123456789012345677" })],
  ])("is the same for %s and its lost twin", (_name, push) => {
    const item = "shop_id" in push ? asLost(push) : { code: 12, timestamp: 9, data: JSON.stringify(push) }
    expect(eventIdentity(readable(unwrapLostPush(item)))).toBe(identityOf(push))
  })

  it("is the same for any push and its lost twin", () => {
    const push = fc.record({
      code: fc.integer({ min: 1, max: 60 }),
      shop_id: fc.integer({ min: 1, max: 2 ** 32 }),
      timestamp: fc.nat(),
      data: fc.dictionary(fc.string(), fc.jsonValue()),
    })
    fc.assert(
      fc.property(push, (envelope) => {
        const direct = parsePush(JSON.stringify(envelope))
        fc.pre(!isUnreadable(direct))
        const twin = unwrapLostPush(asLost(envelope))
        expect(eventIdentity(readable(twin))).toBe(eventIdentity(readable(direct)))
      })
    )
  })

  it("is the same when the keys come in another order or data comes as a string", () => {
    const { data, ...envelope } = tracking()
    const reversed = Object.fromEntries(Object.entries(data).reverse())
    expect(identityOf({ data: reversed, ...envelope })).toBe(identityOf(tracking()))
    expect(identityOf({ ...envelope, data: JSON.stringify(data) })).toBe(identityOf(tracking()))
  })

  it("never depends on msg_id", () => {
    expect(identityOf(status({}, { msg_id: "one" }))).toBe(identityOf(status({}, { msg_id: "two" })))
    expect(identityOf(tracking({}, { msg_id: "one" }))).toBe(identityOf(tracking()))
  })

  it("of an order status doesn't depend on when it was sent, nor on the list of items", () => {
    expect(identityOf(status({}, { timestamp: 1772339999 }))).toBe(identityOf(status()))
    expect(identityOf(status({ items: [{ item_id: 1 }] }))).toBe(identityOf(status()))
  })

  it.each([null, undefined])("takes a completed_scenario of %p for an empty one", (completed_scenario) => {
    expect(identityOf(status({ completed_scenario }))).toBe(identityOf(status()))
  })

  it.each([
    ["shop", status({}, { shop_id: 90211 })],
    ["order", status({ ordersn: "260301ABCDEF07" })],
    ["status", status({ status: "COMPLETED" })],
    ["completed_scenario", status({ completed_scenario: "RRAOC" })],
    ["update_time", status({ update_time: 1772330002 })],
    ["code", status({}, { code: 4 })],
  ])("of an order status changes with its %s", (_field, other) => {
    expect(identityOf(other)).not.toBe(identityOf(status()))
  })

  it("of an order status without update_time depends on the envelope's timestamp", () => {
    const undated = { update_time: undefined }
    expect(identityOf(status(undated, { timestamp: 1 }))).not.toBe(identityOf(status(undated, { timestamp: 2 })))
  })

  it.each([
    ["shop", tracking({}, { shop_id: 90211 })],
    ["timestamp", tracking({}, { timestamp: 1772330002 })],
    ["data", tracking({ tracking_no: "SG2" })],
    ["a list's sequence", tracking({ list: [2, 1] })],
  ])("of any other push changes with %s", (_field, other) => {
    expect(identityOf(other)).not.toBe(identityOf(tracking({ list: undefined })))
    expect(identityOf(other)).not.toBe(identityOf(tracking({ list: [1, 2] })))
  })

  it("tells apart pushes whose parts only join to the same text", () => {
    const push = (shop_id: string, ordersn: string, scenario: string) =>
      eventIdentity({
        code: 3,
        shop_id,
        ordersn,
        timestamp: 1,
        data: { status: "S", completed_scenario: scenario, update_time: 1 },
      })
    const joined = [
      push("12", "3A", ""),
      push("1", "23A", ""),
      push("123", "A", ""),
      push("12", "3", "A"),
      push("12", "3A", '","'),
    ]
    expect(new Set(joined).size).toBe(joined.length)
  })

  it("differs for any two different status pushes", () => {
    const part = fc.constantFrom("", "a", "b", '"', ",", '","', "|", "a|b", "null")
    const parts = fc.tuple(part, part, part, part)
    const identity = ([shop_id, ordersn, state, scenario]: [string, string, string, string]) =>
      eventIdentity({
        code: 3,
        shop_id,
        ordersn,
        timestamp: 1,
        data: { status: state, completed_scenario: scenario, update_time: 7 },
      })
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(identity(one) === identity(other)).toBe(JSON.stringify(one) === JSON.stringify(other))
      })
    )
  })
})

describe("findingIdentity", () => {
  it("is the same within a run and another one in the next", () => {
    expect(findingIdentity("run-1", "90210", "A1")).toBe(findingIdentity("run-1", "90210", "A1"))
    expect(findingIdentity("run-2", "90210", "A1")).not.toBe(findingIdentity("run-1", "90210", "A1"))
  })

  it("keeps run, shop and order apart", () => {
    const identities = [
      findingIdentity("run-1", "90210", "A1"),
      findingIdentity("run-19", "0210", "A1"),
      findingIdentity("run-1", "9021", "0A1"),
      findingIdentity("", "run-190210", "A1"),
    ]
    expect(new Set(identities).size).toBe(4)
  })
})

describe("unreadableIdentity", () => {
  it("is that of the bytes", () => {
    expect(unreadableIdentity(Buffer.from("[["))).toBe(unreadableIdentity(Buffer.from("[[")))
    expect(unreadableIdentity(Buffer.from([0xff]))).not.toBe(unreadableIdentity(Buffer.from([0xfe])))
  })
})
