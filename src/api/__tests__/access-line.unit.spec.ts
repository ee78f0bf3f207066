import { IncomingMessage, ServerResponse } from "node:http"
import { Socket } from "node:net"
import { accessLine } from "../access-line"

/** The line of a request as Medusa's own has it. */
const lineOf = (headers: Record<string, string>): Record<string, unknown> => {
  const req = new IncomingMessage(new Socket())
  Object.assign(req, { method: "POST", url: "/connectors/shopee/webhook", httpVersion: "1.1", headers })
  const res = Object.assign(new ServerResponse(req), { statusCode: 503 })
  return JSON.parse(accessLine({ req, res, requestId: "id-1", arrivedAt: performance.now() }))
}

describe("accessLine", () => {
  it("has the fields of Medusa's lines", () => {
    expect(lineOf({ "content-length": "241", "user-agent": "Shopee" })).toEqual({
      level: "http",
      client_ip: "-",
      request_id: "id-1",
      http_version: "1.1",
      method: "POST",
      path: "/connectors/shopee/webhook",
      status: 503,
      response_size: 0,
      request_size: "241",
      duration: expect.any(Number),
      referrer: "-",
      user_agent: "Shopee",
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
  })

  it("names the client that the proxy names, and not what the client claims", () => {
    expect(lineOf({ "x-forwarded-for": "1.1.1.1, 203.0.113.7" })).toMatchObject({ client_ip: "203.0.113.7" })
  })

  it("stays one line, whatever the headers hold", () => {
    const line = lineOf({ "user-agent": 'x"\n{"level":"error"}' })
    expect(line).toMatchObject({ user_agent: 'x"\n{"level":"error"}' })
  })
})
