import { createServer, type IncomingMessage, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import {
  ALERT_DEADLINE_MS,
  alertWebhookUrl,
  deliverConnectorAlert,
  publishConnectorAlert,
  exceptionLink,
  toAlertPayload,
} from "../alerting"
import { FAILURE_POLICY } from "../retry-policy"
import type { AlertPayload } from "../types/alert"
import { AlertLevel, ConnectorName, ErrorClass, ExceptionStatus } from "../types/enums"
import type { AlertableException } from "../types/exception"

const SECRET = "q7Zp4Kx0vB2m"

const payload = (changes: Partial<AlertPayload> = {}): AlertPayload => ({
  connector: ConnectorName.SHOPEE,
  error_class: ErrorClass.SKU_NOT_FOUND,
  message: "SKU OGN-066A is not in Medusa",
  exception_id: "cex_1",
  ordersn: "2409A1",
  shop_id: "77",
  occurred_at: "2026-02-03T04:05:06.000Z",
  ...changes,
})

interface Received {
  method: string | undefined
  contentType: string | undefined
  body: unknown
}

describe("alerts", () => {
  const before = process.env.SHOPEE_ALERT_WEBHOOK_URL
  let server: Server
  let received: Received[]
  let answer: { status: number; headers?: Record<string, string> } | "hang"
  let warnings: jest.SpyInstance

  beforeEach(async () => {
    received = []
    answer = { status: 200 }
    server = createServer(async (request, response) => {
      received.push({
        method: request.method,
        contentType: request.headers["content-type"],
        body: JSON.parse(await bodyOf(request)),
      })
      if (answer !== "hang") {
        response.writeHead(answer.status, answer.headers).end("received")
      }
    })
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
    process.env.SHOPEE_ALERT_WEBHOOK_URL = `http://127.0.0.1:${portOf(server)}/webhook/${SECRET}`
    warnings = jest.spyOn(console, "warn").mockImplementation(() => undefined)
  })

  afterEach(async () => {
    warnings.mockRestore()
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    if (before === undefined) {
      delete process.env.SHOPEE_ALERT_WEBHOOK_URL
    } else {
      process.env.SHOPEE_ALERT_WEBHOOK_URL = before
    }
  })

  const warningLines = (): string[] => warnings.mock.calls.map(([line]) => String(line))

  it("are posted as JSON", async () => {
    expect(await deliverConnectorAlert(payload({ level: AlertLevel.ERROR, details: { action: "add it" } }))).toBe(true)
    expect(received).toEqual([
      {
        method: "POST",
        contentType: "application/json",
        body: {
          connector: "shopee",
          error_class: "sku_not_found",
          level: "error",
          message: "SKU OGN-066A is not in Medusa",
          exception_id: "cex_1",
          ordersn: "2409A1",
          shop_id: "77",
          occurred_at: "2026-02-03T04:05:06.000Z",
          details: { action: "add it" },
        },
      },
    ])
    expect(warningLines()).toEqual([])
  })

  it("carry neither unknown fields nor secrets, however deep", async () => {
    const odd = {
      ...payload({ message: `sign=${SECRET}`, details: { a: [{ b: `Bearer ${SECRET}` }] } }),
      token: SECRET,
    }
    await publishConnectorAlert(odd)
    expect(received).toHaveLength(1)
    expect(JSON.stringify(received)).not.toContain(SECRET)
    expect(received[0]?.body).not.toHaveProperty("token")
  })

  it.each([500, 404, 301])("that the webhook answers with %i leave a warning and did not go out", async (status) => {
    answer = { status, headers: { location: "/elsewhere" } }
    expect(await deliverConnectorAlert(payload())).toBe(false)
    expect(warningLines()).toEqual([
      `[connector-alert] the webhook answered HTTP ${status}: shopee sku_not_found order 2409A1 (cex_1): SKU OGN-066A is not in Medusa`,
    ])
    expect(received).toHaveLength(1)
  })

  it("that the webhook never answers are given up after 5 s", async () => {
    answer = "hang"
    const begun = performance.now()
    expect(await deliverConnectorAlert(payload())).toBe(false)
    const took = performance.now() - begun
    expect(took).toBeGreaterThanOrEqual(ALERT_DEADLINE_MS - 50)
    expect(took).toBeLessThan(ALERT_DEADLINE_MS + 2_000)
    expect(warningLines()).toEqual([expect.stringMatching(/^\[connector-alert\] .*did not answer within 5 s/)])
  })

  it("that nobody listens for leave a warning without the webhook's address", async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
    expect(await deliverConnectorAlert(payload())).toBe(false)
    await expect(publishConnectorAlert(payload())).resolves.toBeUndefined()
    expect(warningLines()).toHaveLength(2)
    expect(warningLines()[0]).toMatch(/^\[connector-alert\] the alert could not be posted \(ECONNREFUSED\): shopee/)
    expect(warningLines().join()).not.toContain(SECRET)
  })

  it("count as delivered, with one warning, while no address is set", async () => {
    for (const unset of [undefined, "", "  "]) {
      warnings.mockClear()
      if (unset === undefined) {
        delete process.env.SHOPEE_ALERT_WEBHOOK_URL
      } else {
        process.env.SHOPEE_ALERT_WEBHOOK_URL = unset
      }
      expect(alertWebhookUrl()).toBeNull()
      expect(await deliverConnectorAlert(payload())).toBe(true)
      expect(warningLines()).toEqual([
        expect.stringMatching(/^\[connector-alert\] SHOPEE_ALERT_WEBHOOK_URL is not set: .*cex_1/),
      ])
    }
    expect(received).toEqual([])
  })

  it("never throw: not for an address that is none, nor for a payload that can't be sent", async () => {
    process.env.SHOPEE_ALERT_WEBHOOK_URL = `not a url ${SECRET}`
    expect(await deliverConnectorAlert(payload())).toBe(false)

    process.env.SHOPEE_ALERT_WEBHOOK_URL = `http://127.0.0.1:${portOf(server)}/`
    const circular: Record<string, unknown> = {}
    circular.self = circular
    expect(await deliverConnectorAlert(payload({ details: circular }))).toBe(false)
    expect(await deliverConnectorAlert(payload({ details: { id: 10n } }))).toBe(false)
    expect(await deliverConnectorAlert(payload({ occurred_at: "yesterday" }))).toBe(false)
    expect(warningLines()).toHaveLength(4)
    expect(warningLines().every((line) => line.startsWith("[connector-alert] "))).toBe(true)
    expect(warningLines().join()).not.toContain(SECRET)
  })

  it("write one line without secrets, whatever the message holds", async () => {
    answer = { status: 500 }
    await deliverConnectorAlert(payload({ message: `a\r\n[connector-alert] forged\u001b[31m access_token=${SECRET}` }))
    const [line] = warningLines()
    expect(line).not.toMatch(/[\r\n\u001b]/)
    expect(line).not.toContain(SECRET)
  })
})

describe("the alert of an exception", () => {
  const exception = (changes: Partial<AlertableException> = {}): AlertableException => ({
    id: "cex_1",
    connector: ConnectorName.SHOPEE,
    error_class: ErrorClass.SKU_NOT_FOUND,
    error_message: "SKU OGN-066A is not in Medusa",
    status: ExceptionStatus.OPEN,
    level: "error",
    raw_event_id: "srev_1",
    ordersn: "2409A1",
    shop_id: "77",
    details: { action: "add it", sku: "OGN-066A" },
    created_at: new Date("2026-02-03T04:05:06Z"),
    ...changes,
  })

  it("holds what happened, where, when and what to do", () => {
    expect(toAlertPayload(exception())).toEqual({
      connector: "shopee",
      error_class: "sku_not_found",
      level: "error",
      message: "SKU OGN-066A is not in Medusa",
      exception_id: "cex_1",
      ordersn: "2409A1",
      shop_id: "77",
      raw_event_id: "srev_1",
      occurred_at: "2026-02-03T04:05:06.000Z",
      details: { action: "add it", meaning: FAILURE_POLICY.sku_not_found.meaning, sku: "OGN-066A" },
    })
  })

  it("says what its class's policy says where the row has no action, and leaves out what the row doesn't have", () => {
    const bare = exception({ details: null, ordersn: null, shop_id: null, raw_event_id: null })
    const alert = toAlertPayload(bare)
    expect(alert.details).toEqual({
      action: FAILURE_POLICY.sku_not_found.action,
      meaning: FAILURE_POLICY.sku_not_found.meaning,
    })
    expect(JSON.parse(JSON.stringify(alert))).not.toHaveProperty("ordersn")
  })

  it("links to the exception in the Admin once ADMIN_URL says where that is", () => {
    expect(exceptionLink("cex_1", {})).toBeNull()
    expect(exceptionLink("cex_1", { ADMIN_URL: " https://shop.example/app/ " })).toBe(
      "https://shop.example/app/connectors/exceptions?id=cex_1"
    )
    const before = process.env.ADMIN_URL
    process.env.ADMIN_URL = "https://shop.example/app"
    try {
      expect(toAlertPayload(exception()).details?.link).toContain("https://shop.example/app/connectors/exceptions?id=")
    } finally {
      process.env.ADMIN_URL = before ?? ""
    }
  })

  it("holds allow-listed facts only, without secrets", () => {
    const alert = toAlertPayload(
      exception({
        error_message: `access_token=${SECRET}`,
        details: { buyer: "Tan Ah Kow", endpoint: `/x?sign=${SECRET}`, skus: ["A", "B"], field: { deep: SECRET } },
      })
    )
    expect(alert.details).toMatchObject({ skus: ["A", "B"] })
    expect(Object.keys(alert.details ?? {}).sort()).toEqual(["action", "endpoint", "meaning", "skus"])
    expect(JSON.stringify(alert)).not.toContain(SECRET)
  })

  it("is level resolved once the exception is settled, and its class's level where the column is odd", () => {
    expect(toAlertPayload(exception({ status: ExceptionStatus.RESOLVED }))).toMatchObject({
      level: "resolved",
      message: "Settled: SKU OGN-066A is not in Medusa",
      details: { action: "There is nothing to do any more.", sku: "OGN-066A" },
    })
    expect(toAlertPayload(exception({ level: "catastrophic" })).level).toBe("error")
    expect(toAlertPayload(exception({ level: "warning" })).level).toBe("warning")
  })
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
  }
  return Buffer.concat(chunks).toString("utf8")
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port
