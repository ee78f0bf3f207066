import { createHmac } from "node:crypto"
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http"
import type { LineSpec, OrderSpec } from "../control-client"
import { startSandbox, type RunningSandbox, type SandboxOptions } from "../start-sandbox"
import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }

export const PARTNER_ID = 2_000_321
export const PARTNER_KEY = "key-of-the-partner"
export const PUSH_KEY = "key-of-the-pushes"
export const SHOP_ID = 700_123

/** A push as its receiver got it. */
export interface ReceivedPush {
  rawBody: string
  headers: IncomingHttpHeaders
  body: { code: number; data: Record<string, unknown>; shop_id?: number; msg_id?: string; timestamp?: number }
}

/** The app at the callback URL: it keeps what it gets and answers as it is told. */
export interface Receiver {
  url: string
  received: ReceivedPush[]
  /** Default: 200 with an empty body. */
  answer: { status: number; body: string; afterMs?: number }
  close(): Promise<void>
}

/** A started sandbox, its pushes' receiver, and what a test needs of them. */
export interface World {
  sandbox: RunningSandbox
  receiver: Receiver
  close(): Promise<void>
}

export async function startWorld(options: Partial<SandboxOptions> = {}): Promise<World> {
  const receiver = await startReceiver()
  const sandbox = await startSandbox({
    partnerId: PARTNER_ID,
    partnerKey: PARTNER_KEY,
    pushKey: PUSH_KEY,
    shopId: SHOP_ID,
    callbackUrl: receiver.url,
    ...options,
  })
  return {
    sandbox,
    receiver,
    close: async () => {
      await sandbox.close()
      await receiver.close()
    },
  }
}

type Token = NonNullable<Awaited<ReturnType<ShopeeSDK["getAuthToken"]>>>

/** The real SDK against the sandbox, its tokens kept in memory. Not yet authorized. */
export async function sdkFor(sandbox: RunningSandbox, partnerKey = PARTNER_KEY): Promise<ShopeeSDK> {
  const { ShopeeSDK } = await import("@congminh1254/shopee-sdk")
  let kept: Token | null = null
  return new ShopeeSDK(
    { partner_id: PARTNER_ID, partner_key: partnerKey, base_url: sandbox.apiBaseUrl, shop_id: SHOP_ID },
    {
      store: async (token: Token) => {
        kept = token
      },
      get: async () => kept,
      clear: async () => {
        kept = null
      },
    }
  )
}

/** The SDK with tokens for the shop. */
export async function authorizedSdk(sandbox: RunningSandbox): Promise<ShopeeSDK> {
  const sdk = await sdkFor(sandbox)
  await sdk.authenticateWithCode(await sandbox.control.authorize(SHOP_ID), SHOP_ID)
  return sdk
}

/** A call signed by hand as a shop API, for looking at an answer's bytes. `path` is without /api/v2. */
export function callAsShop(
  sandbox: RunningSandbox,
  path: string,
  accessToken: string,
  query: Record<string, string> = {}
): Promise<Response> {
  const url = new URL(sandbox.apiBaseUrl + path)
  const timestamp = Math.floor(Date.now() / 1000)
  const signed = `${PARTNER_ID}${url.pathname}${timestamp}${accessToken}${SHOP_ID}`
  url.search = new URLSearchParams({
    ...query,
    partner_id: String(PARTNER_ID),
    timestamp: String(timestamp),
    access_token: accessToken,
    shop_id: String(SHOP_ID),
    sign: createHmac("sha256", PARTNER_KEY).update(signed).digest("hex"),
  }).toString()
  return fetch(url)
}

/** What a rejected call of the SDK rejects with. */
export async function refusal(
  call: Promise<unknown>
): Promise<{ name: string; status?: number; error?: string; message: string }> {
  const error: unknown = await call.then(
    () => new Error("the call was not refused"),
    (reason: unknown) => reason
  )
  if (!(error instanceof Error)) throw new TypeError("rejected with something that is no error")
  const envelope = "data" in error && typeof error.data === "object" && error.data !== null ? error.data : {}
  return {
    name: error.name,
    message: error.message,
    ...("status" in error && typeof error.status === "number" ? { status: error.status } : {}),
    ...("error" in envelope ? { error: String(envelope.error) } : {}),
  }
}

export const CARD: LineSpec = { sku: "SV8-EN-101", name: "Surging card 101/191", price: 12.5, quantity: 2 }

export function orderOf(spec: Partial<OrderSpec> = {}): OrderSpec {
  return { lines: [CARD], shipping_fee: 1.99, ...spec }
}

async function startReceiver(): Promise<Receiver> {
  const received: ReceivedPush[] = []
  const answer: Receiver["answer"] = { status: 200, body: "" }
  const server = createServer((request, response) => {
    void readText(request).then((rawBody) => {
      received.push({ rawBody, headers: request.headers, body: JSON.parse(rawBody) })
      const { status, body, afterMs } = receiver.answer
      setTimeout(() => response.writeHead(status).end(body), afterMs ?? 0)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the receiver has no port")
  const receiver: Receiver = {
    url: `http://127.0.0.1:${address.port}/hooks/shopee?shop=sg`,
    received,
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ""
  for await (const chunk of request) text += String(chunk)
  return text
}
