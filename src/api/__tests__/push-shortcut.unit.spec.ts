import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { asValue } from "@medusajs/framework/awilix"
import { ContainerRegistrationKeys, createMedusaContainer } from "@medusajs/framework/utils"
import express from "express"
import { createServer, request, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import { EnvironmentError } from "../../config/environment"
import { currentLogFields } from "../../modules/connectors/shared/log-fields"
import { examinePush, takeIn } from "../../modules/connectors/shopee/inbox/receive-push"
import { offerPushShortcut } from "../push-shortcut"

jest.mock("../../modules/connectors/shopee/inbox/receive-push")

const examine = jest.mocked(examinePush)
const take = jest.mocked(takeIn)
const LIMIT = 1_024
const URL = "/connectors/shopee/webhook"

/** The shortcut in an Express application, beside a route that stands for Medusa's chain. */
describe("the shortcut for pushes", () => {
  let server: Server
  let byRoute: string[]
  let lines: string[]

  const logger = {
    shouldLog: () => true,
    http: (line: string) => lines.push(line),
    warn: (line: string) => lines.push(line),
    error: (line: string) => lines.push(line),
  }
  const scope = createMedusaContainer()
  scope.register({ [ContainerRegistrationKeys.LOGGER]: asValue(logger) })

  const open = async (prepare: (app: express.Express) => void = () => undefined): Promise<void> => {
    const app = express()
    prepare(app)
    app.use((req, res) => {
      byRoute.push(`${req.method} ${req.url}`)
      const medusaRequest = Object.assign(req, { scope }) as MedusaRequest<unknown>
      offerPushShortcut(LIMIT)(medusaRequest, res as MedusaResponse, () => res.status(200).end())
    })
    server = createServer(app)
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  }

  beforeEach(() => {
    byRoute = []
    lines = []
    examine.mockReset().mockReturnValue({ outcome: "authentic" })
    take.mockReset().mockResolvedValue("stored")
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const call = async (body: string, { method = "POST", path = URL, headers = {} } = {}) =>
    await new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const sent = request({ port, host: "127.0.0.1", method, path, headers, agent: false }, (answer) => {
        text(answer).then(
          (content) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: content }),
          reject
        )
      })
      sent.on("error", reject)
      sent.end(body)
    })

  it("is taken by all pushes but the first", async () => {
    await open()
    for (const body of ["one", "two", "three"]) {
      expect(await call(body, { headers: { authorization: "abc" } })).toMatchObject({ status: 200, body: "" })
    }
    expect(byRoute).toEqual([`POST ${URL}`])
    expect(take.mock.calls.map(([, push]) => push)).toEqual([
      { rawBody: Buffer.from("two"), authorization: "abc" },
      { rawBody: Buffer.from("three"), authorization: "abc" },
    ])
  })

  it.each([
    ["another method", { method: "GET" }],
    ["a query", { path: `${URL}?a=1` }],
    ["another path", { path: "/admin/orders" }],
    ["what only begins so", { path: `${URL}/` }],
  ])("is not for %s", async (_, other) => {
    await open()
    await call("first")
    await call("", other)
    expect(byRoute).toHaveLength(2)
    expect(examine).not.toHaveBeenCalled()
  })

  it.each([
    ["stored", 200],
    ["rejected", 200],
    ["try_again", 503],
  ] as const)("answers what was %s with %d and no body", async (receipt, status) => {
    await open()
    await call("first")
    take.mockResolvedValue(receipt)
    expect(await call("push")).toMatchObject({ status, body: "", headers: { "content-length": "0" } })
  })

  it("answers 413 to what is too large and asks nobody", async () => {
    await open()
    await call("first")
    expect(await call("x".repeat(LIMIT + 1))).toMatchObject({ status: 413, body: "" })
    expect(await call("x".repeat(LIMIT))).toMatchObject({ status: 200 })
    expect(take).toHaveBeenCalledTimes(1)
  })

  it("lets lines carry the request's id, the proxy's where it gave one", async () => {
    await open()
    await call("first")
    const ids: unknown[] = []
    take.mockImplementation(async () => {
      ids.push(currentLogFields()?.request_id)
      return "stored"
    })
    await call("push", { headers: { "x-request-id": "of-the-proxy" } })
    await call("push")
    expect(ids).toEqual(["of-the-proxy", expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })

  it("answers a forged push that nobody keeps at once", async () => {
    await open()
    await call("first")
    examine.mockReturnValue(null)
    expect(await call("forged")).toMatchObject({ status: 200, body: "", headers: { "content-length": "0" } })
    expect(take).not.toHaveBeenCalled()
  })

  it("logs a line for each push that is Shopee's, and none for others", async () => {
    await open()
    await call("first")
    await call("push")
    take.mockResolvedValue("rejected")
    await call("push")
    take.mockResolvedValue("try_again")
    await call("push")
    examine.mockReturnValue(null)
    await call("push")
    expect(lines).toEqual([`POST ${URL} (200)`, `POST ${URL} (503)`])
  })

  it("has a push sent again that could not be looked at, and says so", async () => {
    await open()
    await call("first")
    examine.mockImplementationOnce(() => {
      throw new EnvironmentError(["SHOPEE_SHOP_ID is not valid."])
    })
    take.mockRejectedValueOnce(new Error("out of order"))
    expect(await call("push")).toMatchObject({ status: 503, body: "" })
    expect(await call("push")).toMatchObject({ status: 503, body: "" })
    expect(lines).toEqual([
      "[shopee-webhook] A push was answered 503: EnvironmentError: SHOPEE_SHOP_ID is not valid.",
      "[shopee-webhook] A push was answered 503: Error: out of order",
    ])
    expect(await call("push")).toMatchObject({ status: 200 })
  })

  it("leaves pushes on the route of an application that is built otherwise, and says so once", async () => {
    const other = () => undefined
    await open((app) =>
      app.use((req, _res, next) => {
        Object.assign(req, { app: other })
        next()
      })
    )
    for (const body of ["one", "two"]) {
      expect(await call(body)).toMatchObject({ status: 200 })
    }
    expect(byRoute).toHaveLength(2)
    expect(lines).toEqual([expect.stringContaining("Pushes take the long way")])
  })
})
