import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { MemoryTokenStore } from "../../auth/__tests__/memory-token-store"
import { TokenCipher } from "../../auth/token-cipher"
import { toTokenWrite } from "../../auth/token-write"
import type { ShopeeConfig } from "../../config"
import { createShopeeClient, type ShopeeClientOptions } from "../create-shopee-client"
import type { ShopeeClient } from "../shopee-client"
import { ShopeeCallError } from "../shopee-errors"

export const SHOP = "7001"
export const ACCESS_TOKEN = "atk-4f6b1c0d9e"
export const REFRESH_TOKEN = "rtk-93aa17c2b5"
export const PARTNER_KEY = "pkey-51b0c6aa7f"

const TOKEN_KEY = Buffer.alloc(32, 3)
const SECRETS = [ACCESS_TOKEN, REFRESH_TOKEN, PARTNER_KEY, "atk-next", "rtk-next"]

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL, body: string) => void

/** A server that a test answers for by hand, and a client with tokens that talks to it. */
export class ShopeeServer {
  readonly store = new MemoryTokenStore()
  /** The paths that were called. */
  paths: string[] = []
  /** Answers every request; by default none is answered. */
  handler: Handler = () => {}
  client: ShopeeClient
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    this.client = this.connect()
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const url = new URL(request.url ?? "", "http://localhost")
      this.paths.push(url.pathname)
      let body = ""
      request.on("data", (chunk: Buffer) => (body += chunk.toString()))
      request.on("end", () => this.handler(request, response, url, body))
    })
  }

  static async start(): Promise<ShopeeServer> {
    const server = createServer().listen(0, "127.0.0.1")
    await once(server, "listening")
    const started = new ShopeeServer(server)
    await started.authorize()
    return started
  }

  /** Replaces the client. Its limits are 10 s, which a busy machine keeps, and 64 KiB unless told. */
  connect(options: Partial<ShopeeClientOptions> = {}, apiBaseUrl?: string): ShopeeClient {
    const { port } = this.#server.address() as AddressInfo
    const config: ShopeeConfig = {
      configured: true,
      partnerId: 2001234,
      partnerKey: PARTNER_KEY,
      shopId: SHOP,
      apiBaseUrl: apiBaseUrl ?? `http://127.0.0.1:${port}/api/v2`,
      webhookUrl: null,
      pushKeys: [PARTNER_KEY],
      tokenKeys: [TOKEN_KEY],
      alertWebhookUrl: null,
      buyerEmailDomain: "buyers.example",
      stockLocationId: null,
    }
    const limits = { deadlineMs: 10_000, maxAnswerBytes: 64 * 1024 }
    this.client?.close()
    this.client = createShopeeClient({ config, store: this.store, limits, ...options })
    return this.client
  }

  /** Stores a pair whose access token lives for `expireIn` seconds. */
  async authorize(expireIn = 14_400): Promise<void> {
    const token = { access_token: ACCESS_TOKEN, refresh_token: REFRESH_TOKEN, expire_in: expireIn }
    const envelope = { request_id: "r", error: "", message: "" }
    await this.store.storeAuthorization(
      toTokenWrite({ ...token, ...envelope }, SHOP, new TokenCipher([TOKEN_KEY]), Date.now())
    )
  }

  /** The error of a call for an order. */
  failOrder(): Promise<ShopeeCallError> {
    return failure(this.client.getOrderDetails(["2601050001"]))
  }

  async close(): Promise<void> {
    this.client.close()
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, "close")
  }
}

/** Answers JSON, an object or a text as it is. */
export function json(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {}
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers })
  response.end(typeof body === "string" ? body : JSON.stringify(body))
}

/** The ShopeeCallError that `call` fails with, after a look whether any secret is in it. */
export async function failure(call: Promise<unknown>): Promise<ShopeeCallError> {
  const error = await call.then(
    () => new Error("the call succeeded"),
    (thrown: unknown) => thrown
  )
  if (!(error instanceof ShopeeCallError)) {
    throw error
  }
  const dump = `${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`
  for (const secret of SECRETS) {
    expect(dump).not.toContain(secret)
  }
  expect(dump).not.toMatch(/[?&]sign=(?!\[redacted\])/)
  return error
}
