import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { OperationsListener } from "../operations-listener"

const HOST = "127.0.0.1"

describe("the operations listener of a process whose modules are not loaded yet", () => {
  const lines: string[] = []
  const logger = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) }
  const listenerOn = (port: number) =>
    new OperationsListener({ container: createMedusaContainer(), host: HOST, port, logger: logger })
  let listener: OperationsListener
  let url: string

  beforeEach(async () => {
    lines.length = 0
    listener = listenerOn(0)
    url = `http://${HOST}:${await listener.open()}`
  })

  afterEach(async () => await listener.close())

  it("answers /ready with 503 and the reason, and is never cached", async () => {
    const answer = await fetch(`${url}/ready`)

    expect(answer.status).toBe(503)
    expect(answer.headers.get("cache-control")).toBe("no-store")
    expect(await answer.json()).toEqual({
      status: "not_ready",
      reason: "The platform is still starting.",
      shopee: null,
    })
  })

  it("serves what the process itself measures on /metrics, in Prometheus's format", async () => {
    const answer = await fetch(`${url}/metrics?format=text`)

    expect(answer.status).toBe(200)
    expect(answer.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/)
    expect(await answer.text()).toContain("process_resident_memory_bytes ")
  })

  it("has nothing else, and takes nothing", async () => {
    expect((await fetch(`${url}/health`)).status).toBe(404)
    expect((await fetch(`${url}/`)).status).toBe(404)
    expect((await fetch(`${url}/metrics`, { method: "POST", body: "x" })).status).toBe(405)
  })

  it("says where it listens", () => {
    expect(lines).toEqual([`[operations] /ready and /metrics are served on ${new URL(url).host}`])
  })

  it("warns in one line that names the variables when its port is taken, and lets the process go on", async () => {
    lines.length = 0
    const second = listenerOn(Number(new URL(url).port))

    await expect(second.open()).resolves.toBeNull()
    expect(lines).toEqual([expect.stringMatching(/not served.*EADDRINUSE.*METRICS_PORT and METRICS_HOST/)])
    await expect(second.close()).resolves.toBeUndefined()
  })

  it("frees its port when it is closed, also while somebody keeps a connection", async () => {
    await (await fetch(`${url}/ready`)).text()
    await listener.close()

    const successor = createServer()
    await new Promise<void>((done) => successor.listen(Number(new URL(url).port), HOST, done))
    expect((successor.address() as AddressInfo).port).toBe(Number(new URL(url).port))
    successor.close()
  })
})
