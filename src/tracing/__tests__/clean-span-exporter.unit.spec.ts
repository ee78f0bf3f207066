import { cleanSpan, CleanSpanExporter, type SpanExporter } from "../clean-span-exporter"

type Span = Parameters<SpanExporter["export"]>[0][number]

const SECRET = "s3cr3t-s3cr3t-s3cr3t"

const span = (changes: Partial<Span> = {}): Span =>
  Object.assign(Object.create({ spanContext: () => ({ traceId: "1", spanId: "2", traceFlags: 1 }) }), {
    name: "GET /admin/orders",
    attributes: {},
    status: { code: 0 },
    events: [],
    ...changes,
  }) as Span

describe("a span that leaves the house", () => {
  it("keeps route, status and workflow, and drops every header of the request", () => {
    const { attributes } = cleanSpan(
      span({
        attributes: {
          "http.route": "/admin/orders",
          "http.status_code": 200,
          "workflow.step.action": "create-orders",
          authorization: `Bearer ${SECRET}`,
          cookie: `connect.sid=${SECRET}`,
          "x-medusa-access-token": SECRET,
          "user-agent": "curl",
        },
      })
    )
    expect(attributes).toEqual({
      "http.route": "/admin/orders",
      "http.status_code": 200,
      "workflow.step.action": "create-orders",
    })
  })

  it("has no query of a URL and no secret, whether in its name, an attribute, its error or an event", () => {
    const cleaned = cleanSpan(
      span({
        name: `GET /callback?code=${SECRET}&shop_id=1`,
        attributes: { "http.url": `/callback?code=${SECRET}`, "http.route": `access_token=${SECRET}` },
        status: { code: 2, message: `get https://shop.example/api?sign=${SECRET} failed: access_token=${SECRET}` },
        events: [{ name: "exception", time: [0, 0], attributes: { "exception.message": SECRET } }],
      })
    )
    expect(cleaned.name).toBe("GET /callback?…")
    expect(JSON.stringify([cleaned.name, cleaned.attributes, cleaned.status, cleaned.events])).not.toContain(SECRET)
    expect(cleaned.status.message).toContain("get https://shop.example/api?… failed")
    expect(cleaned.spanContext().traceId).toBe("1")
  })

  it("is handed on cleaned, and the exporter ends with the one behind it", async () => {
    const exported: Span[] = []
    let ended = 0
    const exporter = new CleanSpanExporter({
      export: (spans, done) => {
        exported.push(...spans)
        done({ code: 0 })
      },
      shutdown: async () => {
        ended += 1
      },
    })
    const result = await new Promise((resolve) => exporter.export([span({ attributes: { cookie: SECRET } })], resolve))
    await exporter.forceFlush()
    await exporter.shutdown()
    expect(result).toEqual({ code: 0 })
    expect(exported.map(({ attributes }) => attributes)).toEqual([{}])
    expect(ended).toBe(1)
  })
})
