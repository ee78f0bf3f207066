import { once } from "node:events"
import { type AddressInfo, createServer as createTcpServer } from "node:net"
import { gzipSync } from "node:zlib"
import { ACCESS_TOKEN, json, PARTNER_KEY, ShopeeServer } from "./shopee-server"

let shopee: ShopeeServer

beforeEach(async () => {
  shopee = await ShopeeServer.start()
})

afterEach(async () => {
  await shopee.close()
})

/** For calls that are to run into their deadline. */
const SOON = { limits: { deadlineMs: 400, maxAnswerBytes: 64 * 1024 } }

describe("a server in trouble", () => {
  it("that never answers is left after the deadline, and its connection is closed", async () => {
    shopee.connect(SOON)
    const closed = new Promise((resolve) => {
      shopee.handler = (request) => request.socket.once("close", resolve)
    })
    const start = performance.now()

    expect(await shopee.failOrder()).toMatchObject({
      kind: "transient",
      code: "(deadline)",
      endpoint: "order/get_order_detail",
    })
    expect(performance.now() - start).toBeLessThan(8_000)
    await closed
  })

  it("that sends a byte now and then is left after the same deadline", async () => {
    shopee.connect(SOON)
    const closed = new Promise((resolve) => {
      shopee.handler = (request, response) => {
        response.writeHead(200, { "content-type": "application/json" })
        const drip = setInterval(() => response.write(" "), 50)
        request.socket.once("close", () => {
          clearInterval(drip)
          resolve(undefined)
        })
      }
    })
    const start = performance.now()

    expect(await shopee.failOrder()).toMatchObject({ kind: "transient", code: "(deadline)" })
    expect(performance.now() - start).toBeLessThan(8_000)
    await closed
  })

  it("that sends more than the limit is cut off", async () => {
    let sent = 0
    const closed = new Promise((resolve) => {
      shopee.handler = (request, response) => {
        response.writeHead(200, { "content-type": "application/json" })
        request.socket.once("close", resolve)
        const chunk = "x".repeat(16 * 1024)
        const pump = () => {
          while (!response.destroyed && sent < 50 * 1024 * 1024) {
            sent += chunk.length
            if (!response.write(chunk)) {
              response.once("drain", pump)
              return
            }
          }
        }
        pump()
      }
    })

    expect(await shopee.failOrder()).toMatchObject({ kind: "transient", code: "(too_large)" })
    await closed
    expect(sent).toBeLessThan(50 * 1024 * 1024)
  })

  it("that sends little that unpacks to more than the limit is cut off too", async () => {
    const bomb = gzipSync(Buffer.alloc(128 * 1024 * 1024, " "))
    shopee.handler = (_, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      response.end(bomb)
    }

    expect(await shopee.failOrder()).toMatchObject({ kind: "transient", code: "(too_large)" })
  })

  it("that compresses although it was asked not to is understood", async () => {
    let asked: string | undefined
    shopee.handler = (request, response) => {
      asked = request.headers["accept-encoding"]
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" })
      response.end(gzipSync(JSON.stringify({ error: "", response: { order_list: [{ order_sn: "A" }] } })))
    }

    expect(await shopee.client.getOrderDetails(["A"])).toEqual([{ order_sn: "A" }])
    expect(asked).toBe("identity")
  })

  it("that answers with a page is transient, and only the page's title is repeated", async () => {
    shopee.handler = (_, response) => {
      response.writeHead(502, { "content-type": "text/html" })
      response.end(`<html><title>Bad gateway</title><body>buyer Tan Ah Kow, token ${ACCESS_TOKEN}</body></html>`)
    }
    const error = await shopee.failOrder()

    expect(error).toMatchObject({ kind: "transient", code: "(not_json)", httpStatus: 502 })
    expect(error.message).toBe('Shopee order/get_order_detail: the answer is not JSON: "Bad gateway" (HTTP 502)')
  })

  it.each([
    ["cut off", '{"error":"","response":{"order_list":[{"order_sn":"A","buyer_username":"Tan Ah Kow'],
    ["empty", ""],
    ["nonsense", "}{ Tan Ah Kow"],
  ])("that answers with JSON that is %s is transient, and nothing of it is repeated", async (_, body) => {
    shopee.handler = (_request, response) => json(response, body)
    const error = await shopee.failOrder()

    expect(error).toMatchObject({ kind: "transient", code: "(malformed)" })
    expect(error.message).not.toContain("Tan")
  })

  it.each([
    ["no response", { error: "" }],
    ["no list", { error: "", response: {} }],
    ["an array", []],
    ["null", "null"],
    [
      "a list nested beyond reason",
      `{"error":"","n":9007199254740993,"response":${"[".repeat(30_000)}${"]".repeat(30_000)}}`,
    ],
  ])("that answers with JSON of another shape (%s) is transient", async (_, body) => {
    shopee.handler = (_request, response) => json(response, body)

    expect(await shopee.failOrder()).toMatchObject({ kind: "transient" })
  })

  it("that fails without naming an error is transient", async () => {
    shopee.handler = (_, response) => json(response, { error: "", response: { order_list: [] } }, 503)

    expect(await shopee.failOrder()).toMatchObject({ kind: "transient", code: "(http_status)", httpStatus: 503 })
  })

  it("that throttles says for how long", async () => {
    const body = { error: "error_rate_limit", message: "Too many requests.", request_id: "req-77" }
    shopee.handler = (_, response) => json(response, body, 429, { "retry-after": "7" })

    expect(await shopee.failOrder()).toMatchObject({
      kind: "throttled",
      retryAfterMs: 7_000,
      httpStatus: 429,
      code: "error_rate_limit",
      requestId: "req-77",
    })
  })

  it("that throttles with a page says for how long, too", async () => {
    shopee.handler = (_, response) => {
      response.writeHead(429, { "content-type": "text/html", "retry-after": "3" })
      response.end("<html></html>")
    }

    expect(await shopee.failOrder()).toMatchObject({ kind: "throttled", retryAfterMs: 3_000 })
  })

  it("whose daily quota is used up is tried again after midnight in Singapore", async () => {
    shopee.handler = (_, response) => json(response, { error: "error_limit", message: "daily API call limit" })
    const { kind, retryAfterMs } = await shopee.failOrder()

    expect(kind).toBe("throttled")
    expect(retryAfterMs).toBeGreaterThan(0)
    expect(retryAfterMs).toBeLessThanOrEqual(24 * 60 * 60_000)
  })

  it("that closes the connection is transient, and the error holds neither token nor signature", async () => {
    shopee.handler = (request) => request.socket.destroy()
    const error = await shopee.failOrder()

    expect(error).toMatchObject({ kind: "transient", code: "(network)", httpStatus: null })
    expect(error.message).toBe("Shopee order/get_order_detail: network trouble: socket hang up")
  })

  it("that isn't there is transient, and the error holds neither token nor signature", async () => {
    const unused = createTcpServer().listen(0, "127.0.0.1")
    await once(unused, "listening")
    const { port } = unused.address() as AddressInfo
    unused.close()
    await once(unused, "close")
    shopee.connect({}, `http://127.0.0.1:${port}/api/v2`)

    expect(await shopee.failOrder()).toMatchObject({
      kind: "transient",
      code: "(network)",
      reason: expect.stringContaining("ECONNREFUSED"),
    })
  })

  it("that repeats our token in its message has it cut out", async () => {
    shopee.handler = (_, response) =>
      json(response, { error: "error_param", message: `bad token ${ACCESS_TOKEN} with ${PARTNER_KEY}` })

    expect((await shopee.failOrder()).reason).toBe("bad token [redacted] with [redacted]")
  })

  it("does not spoil the calls that run at the same time", async () => {
    shopee.handler = (_, response, url) => {
      if (url.searchParams.get("order_sn_list") === "GOOD") {
        setTimeout(() => json(response, { error: "", response: { order_list: [{ order_sn: "GOOD" }] } }), 200)
      }
    }
    const [hung, good] = await Promise.allSettled([
      shopee.client.getOrderDetails(["HANG"]),
      shopee.client.getOrderDetails(["GOOD"]),
    ])

    expect(hung.status).toBe("rejected")
    expect(good).toEqual({ status: "fulfilled", value: [{ order_sn: "GOOD" }] })
  })
})
