import { once } from "node:events"
import type { ServerResponse } from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import type { ApiFault } from "../control/fault"
import { jsonAnswer, writeAnswer, type HttpAnswer } from "../http/answer"

const MEGABYTE = 1024 * 1024
const GATEWAY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"

/** Whether the call has its effect although its answer is spoiled. */
export function isCarriedOut(fault: ApiFault): boolean {
  switch (fault.kind) {
    case "malformed-json":
    case "truncated":
    case "slow":
    case "slow-loris":
    case "drop-orders":
      return true
    case "huge":
    case "auth-error":
    case "clock-skew":
      return false
    default:
      return fault.carried_out ?? false
  }
}

/** Writes what a faulty Shopee would; resolves when there is nothing more to write or the caller has gone. */
export async function writeSpoiled(
  response: ServerResponse,
  fault: ApiFault,
  answer: HttpAnswer = jsonAnswer(200, "{}")
): Promise<void> {
  switch (fault.kind) {
    case "html":
      return writeAnswer(response, {
        status: fault.status ?? 502,
        headers: { "Content-Type": "text/html" },
        body: GATEWAY_PAGE,
      })
    case "empty":
      return writeAnswer(response, jsonAnswer(fault.status ?? 200, ""))
    case "malformed-json":
      return writeAnswer(response, { ...answer, body: `${answer.body.slice(0, -1)},"` })
    case "truncated":
      return truncate(response, answer)
    case "slow":
      await whileOpen(response, fault.delay_ms)
      return writeAnswer(response, answer)
    case "slow-loris":
      return drip(response, answer, fault.interval_ms)
    case "huge":
      return flood(response, fault.megabytes)
    case "hang":
      // The connection stays open until the caller gives up or the sandbox ends.
      return
    case "reset":
      response.socket?.resetAndDestroy()
      return
    default:
      return writeAnswer(response, answer)
  }
}

/** Promises the whole length, sends half of it, and closes. */
function truncate(response: ServerResponse, answer: HttpAnswer): void {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(body.length) })
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy())
}

async function drip(response: ServerResponse, answer: HttpAnswer, intervalMs: number): Promise<void> {
  const body = Buffer.from(answer.body)
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(body.length) })
  for (let index = 0; index < body.length && !response.destroyed; index++) {
    response.write(body.subarray(index, index + 1))
    await whileOpen(response, intervalMs)
  }
  response.end()
}

async function flood(response: ServerResponse, megabytes: number): Promise<void> {
  const block = Buffer.alloc(MEGABYTE, "x")
  response.writeHead(200, { "Content-Type": "application/json" })
  response.write('{"error":"","message":"","response":{"padding":"')
  for (let sent = 0; sent < megabytes && !response.destroyed; sent++) {
    if (!response.write(block)) await Promise.race([once(response, "drain"), once(response, "close")])
  }
  response.end('"}}')
}

/** Waits, but no longer than the caller does. */
async function whileOpen(response: ServerResponse, ms: number): Promise<void> {
  const gone = new AbortController()
  const abort = (): void => gone.abort()
  response.once("close", abort)
  try {
    await wait(ms, undefined, { signal: gone.signal, ref: false })
  } catch (error) {
    if (!gone.signal.aborted) throw error
  } finally {
    response.off("close", abort)
  }
}
