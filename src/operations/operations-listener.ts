import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { collectDefaultMetrics, Registry } from "prom-client"
import { renderMetrics } from "./metrics-page"
import { readReadiness } from "./readiness"

/** Nobody sends this listener more than a request line and some headers. */
const REQUEST_DEADLINE_MS = 10_000

export interface OperationsListenerOptions {
  /** May still be empty: until the modules are in it, `/ready` says that the platform is starting. */
  container: MedusaContainer
  host: string
  /** 0 = any free port. */
  port: number
  logger: Pick<Logger, "info" | "warn">
}

/**
 * `/ready` and `/metrics`, on a listener of their own: Medusa's worker serves `/health` alone, and neither belongs on the public
 * port. It never keeps the process alive.
 */
export class OperationsListener {
  private readonly processRegistry = new Registry()
  private readonly server: Server

  constructor(private readonly options: OperationsListenerOptions) {
    collectDefaultMetrics({ register: this.processRegistry })
    this.server = createServer({ requestTimeout: REQUEST_DEADLINE_MS, headersTimeout: REQUEST_DEADLINE_MS })
    this.server.on("request", (request, response) => {
      this.answer(request, response).catch((error: unknown) => {
        options.logger.warn(`[operations] A request could not be answered: ${String(error)}`)
        response.destroy()
      })
    })
    this.server.unref()
  }

  /**
   * Listens. A port that is taken, or any other reason not to, is a warning and not an error: orders come in all the same.
   *
   * @returns the port; null when it does not listen
   */
  async open(): Promise<number | null> {
    const { host, port, logger } = this.options
    try {
      await new Promise<void>((resolve, reject) => {
        this.server.once("error", reject)
        this.server.listen(port, host, resolve)
      })
    } catch (error) {
      logger.warn(
        `[operations] /ready and /metrics are not served: ${host}:${port} can't be listened on (${codeOf(error)}). Set METRICS_PORT and METRICS_HOST to an address that is free.`
      )
      return null
    }
    this.server.on("error", (error) => logger.warn(`[operations] The listener has trouble: ${codeOf(error)}`))
    const address = this.server.address() as AddressInfo
    logger.info(`[operations] /ready and /metrics are served on ${host}:${address.port}`)
    return address.port
  }

  /** Lets nobody in any more and cuts off who idles. */
  async close(): Promise<void> {
    if (!this.server.listening) {
      return
    }
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve())
      this.server.closeAllConnections()
    })
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").split("?", 1)[0]
    if (request.method !== "GET" && request.method !== "HEAD") {
      send(response, 405, "text/plain", "GET is all there is.\n")
    } else if (path === "/ready") {
      const readiness = await readReadiness(this.options.container)
      send(response, readiness.status === "ready" ? 200 : 503, "application/json", `${JSON.stringify(readiness)}\n`)
    } else if (path === "/metrics") {
      const page = await renderMetrics(this.options.container, this.processRegistry)
      send(response, 200, this.processRegistry.contentType, page)
    } else {
      send(response, 404, "text/plain", "There are /ready and /metrics.\n")
    }
  }
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store" }).end(body)
}

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error)
