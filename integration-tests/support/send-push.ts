import { createHmac } from "node:crypto"
import { request } from "node:http"
import { CALLBACK_URL, PUSH_KEY, SHOP_ID } from "./shopee-shop"

export interface PushAnswer {
  status: number
  body: string
  ms: number
}

/** What Shopee signs, with which key. Independent of the code under test. */
export const officialDigest = (body: Buffer | string, key = PUSH_KEY, url = CALLBACK_URL): string =>
  createHmac("sha256", key).update(`${url}|`).update(body).digest("hex")

export const bodyOnlyDigest = (body: Buffer | string, key = PUSH_KEY): string =>
  createHmac("sha256", key).update(body).digest("hex")

/** A status push as Shopee sends it. */
export function orderPush(ordersn: string, status = "READY_TO_SHIP", updateTime = 1_790_000_000): string {
  return JSON.stringify({
    msg_id: "0f".repeat(16),
    data: { ordersn, status, completed_scenario: "", items: [], update_time: updateTime },
    shop_id: SHOP_ID,
    code: 3,
    timestamp: updateTime + 1,
  })
}

/** Sends bytes exactly as they are. */
export async function send(
  baseUrl: string,
  body: Buffer | string,
  headers: Record<string, string> = {}
): Promise<PushAnswer> {
  const startedAt = performance.now()
  return await new Promise((resolve, reject) => {
    const call = request(
      `${baseUrl}/connectors/shopee/webhook`,
      { method: "POST", headers: { "content-type": "application/json", ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on("data", (chunk: Buffer) => chunks.push(chunk))
        answer.on("error", reject)
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            body: Buffer.concat(chunks).toString(),
            ms: performance.now() - startedAt,
          })
        )
      }
    )
    call.on("error", reject)
    call.end(body)
  })
}

export const sendSigned = (baseUrl: string, body: Buffer | string): Promise<PushAnswer> =>
  send(baseUrl, body, { authorization: officialDigest(body) })
