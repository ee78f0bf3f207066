import fc from "fast-check"
import type { JsonValue } from "../../types/json"
import { isUnreadable, type ParsedPush, type PushReading } from "../../types/push"
import { parsePush } from "../parse-push"
import { readable, statusPush } from "./push-samples"

const read = (body: object | string | Buffer): PushReading =>
  parsePush(typeof body === "string" || Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)))

const readPush = (body: object | string | Buffer): ParsedPush => readable(read(body))

/** What Postgres refuses in jsonb. */
const UNSTORABLE = /[\0\p{Surrogate}]/u

describe("parsePush", () => {
  it("reads an order status push", () => {
    const push = statusPush()
    expect(read(push)).toEqual({
      code: 3,
      shop_id: "90210",
      ordersn: "260301ABCDEF03",
      msg_id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
      timestamp: 1772330001,
      data: push.data,
      payload: push,
      defect: null,
    })
  })

  it("reads data that is a JSON string as if it were an object", () => {
    const push = statusPush()
    expect(read({ ...push, data: JSON.stringify(push.data) })).toEqual(read(push))
  })

  it("reads a whole push in the string of data, as lost pushes have it", () => {
    const push = statusPush()
    expect(read({ code: 3, timestamp: 1772339999, data: JSON.stringify(push) })).toEqual(read(push))
  })

  it("keeps data that is another string", () => {
    expect(readPush({ code: 5, data: "maintenance tonight" }).data).toBe("maintenance tonight")
    expect(readPush({ code: 5, data: '{"broken":' }).data).toBe('{"broken":')
    expect(readPush({ code: 5, data: "17" }).data).toBe("17")
  })

  it("reads order_sn where there is no ordersn", () => {
    expect(readPush({ code: 29, shop_id: 1, data: { order_sn: "260301ABCDEF04" } }).ordersn).toBe("260301ABCDEF04")
    expect(readPush({ code: 15, shop_id: 1, data: { ordersn: "", order_sn: "260301ABCDEF05" } }).ordersn).toBe(
      "260301ABCDEF05"
    )
  })

  it("takes numbers that come as text", () => {
    const push = readPush(statusPush({}, { code: "3", shop_id: "0090210", timestamp: "1772330001" }))
    expect(push).toMatchObject({ code: 3, shop_id: "90210", timestamp: 1772330001 })
  })

  it("keeps every digit of ids above 2^53, in and around data", () => {
    const push = readPush(
      '{"code":4,"shop_id":9007199254740993,"timestamp":1,"data":{"ordersn":"A1","forder_id":7123456789012345677,"weight":0.25}}'
    )
    expect(push.shop_id).toBe("9007199254740993")
    expect(push.data).toEqual({ ordersn: "A1", forder_id: "7123456789012345677", weight: 0.25 })
    expect(push.payload.data).toEqual(push.data)
  })

  it("keeps every digit of ids inside data that is a string", () => {
    const push = readPush({ code: 4, shop_id: 1, data: '{"ordersn":"A1","forder_id":7123456789012345677}' })
    expect(push.data).toMatchObject({ forder_id: "7123456789012345677" })
  })

  it("keeps numbers that no double can hold as text", () => {
    expect(readPush('{"code":5,"data":{"huge":1e999,"whole":1e20,"zero":-0}}').data).toEqual({
      huge: "1e999",
      whole: "1e20",
      zero: 0,
    })
  })

  it("takes the shop of a partner-level push from data", () => {
    expect(readPush({ code: 1, partner_id: 5, data: { shop_id: 4711, success: 1 } }).shop_id).toBe("4711")
    expect(readPush({ code: 2, partner_id: 5, data: { shopid: 4712, success: 1 } }).shop_id).toBe("4712")
    expect(readPush({ code: 12, data: { shop_expire_soon: [4711, 4712] } }).shop_id).toBeNull()
  })

  it("lets the envelope decide the shop, and ignores what isn't an id in data", () => {
    expect(readPush({ code: 3, shop_id: 1, data: { ordersn: "A1", shop_id: 2 } }).shop_id).toBe("1")
    expect(readPush({ code: 1, data: { shop_id: "all of them" } }).shop_id).toBeNull()
  })

  it("keeps unknown codes and unknown fields", () => {
    const push = readPush({ code: 2147483647, shop_id: 1, timestamp: 2, novelty: { a: [1] }, data: {} })
    expect(push).toMatchObject({ code: 2147483647, defect: null, payload: { novelty: { a: [1] } } })
  })

  it.each([3, 4, 15, 29, 30, 47])("names what an order push lacks (code %i)", (code) => {
    expect(readPush({ code, shop_id: 1, data: {} }).defect).toBe(`An order push (code ${code}) names no order.`)
    expect(readPush({ code, data: { ordersn: "A1" } }).defect).toBe(`An order push (code ${code}) names no shop.`)
  })

  it("reads the console's verification probe", () => {
    expect(readPush({ code: 0, data: { verify_info: "made up" } })).toMatchObject({
      code: 0,
      shop_id: null,
      ordersn: null,
    })
  })

  it("skips a byte order mark", () => {
    const body = JSON.stringify(statusPush())
    expect(read(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]))).toEqual(read(statusPush()))
    expect(read(`\uFEFF${body}`)).toEqual(read(statusPush()))
  })

  it("replaces what jsonb refuses, in keys too", () => {
    const push = readPush('{"code":5,"no\\u0000te":"a\\u0000b","data":{"half":"x\\ud83dy","whole":"\\ud83d\\ude00"}}')
    expect(push.payload).toEqual({
      code: 5,
      "no\uFFFDte": "a\uFFFDb",
      data: { half: "x\uFFFDy", whole: "\u{1F600}" },
    })
  })

  it("reads a push whose text is no UTF-8, and refuses one whose JSON is broken by that", () => {
    const [before, after] = JSON.stringify({ code: 5, data: { note: "|" } }).split("|")
    const broken = Buffer.concat([Buffer.from(before ?? ""), Buffer.from([0xc3, 0x28]), Buffer.from(after ?? "")])
    expect(readPush(broken).data).toEqual({ note: "\uFFFD(" })
    expect(read(Buffer.from([0x7b, 0xff, 0x7d]))).toEqual({ unreadable: "The body is not JSON." })
  })

  it("keeps __proto__ an ordinary key", () => {
    const push = readPush('{"code":5,"__proto__":{"admin":true},"data":{"__proto__":{"code":9}}}')
    expect(push.code).toBe(5)
    expect(JSON.stringify(push.payload)).toContain('"__proto__":{"admin":true}')
    expect(Object.getPrototypeOf(push.payload)).toBe(Object.prototype)
  })

  it("takes the last of a repeated key", () => {
    expect(readPush('{"code":4,"code":3,"shop_id":1,"data":{"ordersn":"A1","ordersn":"A2"}}')).toMatchObject({
      code: 3,
      ordersn: "A2",
    })
  })

  it.each([
    ["an empty body", ""],
    ["no JSON", "hello"],
    ["HTML", "<html></html>"],
    ["cut JSON", '{"code":3,"data":{'],
    ["single quotes", "{'code':3}"],
    ["NaN", '{"code":NaN}'],
  ])("refuses %s", (_name, body) => {
    expect(read(body)).toEqual({ unreadable: "The body is not JSON." })
  })

  it.each([
    ["a list", "[]"],
    ["a number", "3"],
    ["null", "null"],
    ["a string", '"{}"'],
    ["true", "true"],
  ])("refuses %s at the top", (_name, body) => {
    expect(read(body)).toEqual({ unreadable: "The push is not a JSON object." })
  })

  it.each([undefined, null, "", "three", -1, 1.5, 2147483648, "99999999999999999999", [3], { code: 3 }, true])(
    "refuses the code %p",
    (code) => {
      expect(read({ code, data: {} })).toEqual({ unreadable: expect.stringContaining("`code`") })
    }
  )

  it.each(["a b", "x".repeat(65), "260301'; DROP", "260301/../", "é", { sn: 1 }, ["A1"], true])(
    "refuses the order number %p",
    (ordersn) => {
      expect(read(statusPush({ ordersn }))).toEqual({ unreadable: expect.stringContaining("order number") })
    }
  )

  it.each(["shop", -5, 1.5, [1], {}, "1".repeat(21)])("refuses the shop_id %p", (shop_id) => {
    expect(read(statusPush({}, { shop_id }))).toEqual({ unreadable: expect.stringContaining("`shop_id`") })
  })

  it.each([null, "soon", -1, 1.5, [], {}])("reads the timestamp %p as none", (timestamp) => {
    expect(readPush(statusPush({}, { timestamp })).timestamp).toBeNull()
  })

  it("never quotes the body in a reason", () => {
    const secret = "SensitiveName"
    for (const body of [`{"code":"${secret}"}`, `{"code":3,"shop_id":"${secret}"}`, `${secret}{`]) {
      const reading = read(body)
      expect(isUnreadable(reading) && !reading.unreadable.includes(secret)).toBe(true)
    }
  })

  describe("depth", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`

    it("reads 64 levels and refuses 65", () => {
      expect(isUnreadable(read(`{"code":5,"data":${nested(63)}}`))).toBe(false)
      expect(read(`{"code":5,"data":${nested(64)}}`)).toEqual({
        unreadable: "The JSON is nested more than 64 levels deep.",
      })
    })

    it("doesn't count brackets inside of strings", () => {
      expect(readPush({ code: 5, data: { note: '[{"\\'.repeat(200) } }).code).toBe(5)
    })

    it.each(["[", "{", '{"a":', '[{"a":', '"[', '\\"['])("survives a megabyte of %p", (piece) => {
      const started = Date.now()
      expect(isUnreadable(read(piece.repeat(Math.ceil(2 ** 20 / piece.length))))).toBe(true)
      expect(Date.now() - started).toBeLessThan(30_000)
    })

    it("keeps a string in data that is too deep to read", () => {
      expect(readPush({ code: 5, data: nested(100) }).data).toBe(nested(100))
    })
  })

  it("reads a full megabyte in time that grows with its length only", () => {
    for (const filler of ["9".repeat(2 ** 20), `"${"x".repeat(2 ** 20)}"`, `[${"0,".repeat(2 ** 19)}0]`]) {
      const started = Date.now()
      expect(readPush(`{"code":5,"data":{"filler":${filler}}}`).code).toBe(5)
      expect(Date.now() - started).toBeLessThan(30_000)
    }
  })

  it("never throws, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(Object.keys(parsePush(Buffer.from(bytes))).length).toBeGreaterThan(0)
      }),
      { numRuns: 500 }
    )
  })

  it("gives a storable payload or a reason for any JSON", () => {
    const code = fc.oneof(fc.constantFrom<JsonValue>(3, 4, 12), fc.jsonValue())
    const push = fc.record(
      { code, shop_id: fc.jsonValue(), timestamp: fc.jsonValue(), msg_id: fc.jsonValue(), data: fc.jsonValue() },
      { requiredKeys: ["code"] }
    )
    fc.assert(
      fc.property(push, fc.string({ unit: "binary" }), (envelope, note) => {
        const reading = read({ ...envelope, [note]: note })
        if (isUnreadable(reading)) {
          expect(reading.unreadable).toMatch(/\.$/)
        } else {
          expect(JSON.stringify(reading.payload)).not.toMatch(/\\u0000|\\ud[89a-f]/i)
          expect(UNSTORABLE.test(Object.keys(reading.payload).join())).toBe(false)
          expect(JSON.parse(JSON.stringify(reading.payload))).toEqual(reading.payload)
        }
      }),
      { numRuns: 500 }
    )
  })

  it("reads the same values as JSON.parse where those are exact", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: true }), (value) => {
        const exact: unknown = JSON.parse(JSON.stringify(value), (_key, entry: unknown) =>
          typeof entry === "number" && Number.isInteger(entry) && !Number.isSafeInteger(entry) ? 0 : entry
        )
        expect(readPush({ code: 5, data: { value: exact } }).data).toEqual({ value: exact })
      }),
      { numRuns: 300 }
    )
  })
})
