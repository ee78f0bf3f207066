import { request, type Agent } from "node:http"

/** How an attempt ended. `status` is null when no whole answer came in time. */
export interface PostResult {
  status: number | null
  body: string
  ms: number
  error?: string
}

/** Of a receiver's answer only this much is kept; success needs an empty one anyway. */
const MAX_KEPT_BODY_BYTES = 16_384

/**
 * Posts a push and waits for the whole answer, for `timeoutMs` at most. Never rejects. Redirects aren't followed.
 *
 * A connection that was kept alive may be closed by the receiver in the moment it is used again: that is no failure of the
 * receiver's, so the push is sent once more over a fresh one.
 */
export async function postPush(
  url: string,
  body: Buffer,
  headers: Record<string, string>,
  timeoutMs: number,
  agent?: Agent
): Promise<PostResult> {
  const first = await postOnce(url, body, headers, timeoutMs, agent)
  return first.staleConnection ? await postOnce(url, body, headers, timeoutMs) : first
}

function postOnce(
  url: string,
  body: Buffer,
  headers: Record<string, string>,
  timeoutMs: number,
  agent?: Agent
): Promise<PostResult & { staleConnection?: boolean }> {
  const startedAt = performance.now()
  return new Promise((resolve) => {
    let settled = false
    const finish = (status: number | null, text: string, error?: string, staleConnection?: boolean): void => {
      if (settled) return
      settled = true
      clearTimeout(deadline)
      const ms = performance.now() - startedAt
      resolve({ status, body: text, ms, ...(error ? { error } : {}), ...(staleConnection ? { staleConnection } : {}) })
    }
    const outgoing = request(
      url,
      {
        method: "POST",
        agent,
        headers: { "Content-Type": "application/json", "Content-Length": String(body.length), ...headers },
      },
      (response) => {
        const chunks: Buffer[] = []
        let kept = 0
        response.on("data", (chunk: Buffer) => {
          if (kept < MAX_KEPT_BODY_BYTES) chunks.push(chunk)
          kept += chunk.length
        })
        response.on("end", () => finish(response.statusCode ?? null, Buffer.concat(chunks).toString("utf8")))
        response.on("error", (error) => finish(null, "", error.message))
        response.on("aborted", () => finish(null, "", "the answer broke off"))
      }
    )
    const deadline = setTimeout(() => {
      finish(null, "", `no answer within ${timeoutMs} ms`)
      outgoing.destroy()
    }, timeoutMs)
    outgoing.on("error", (error: NodeJS.ErrnoException) =>
      finish(null, "", error.message, outgoing.reusedSocket && error.code === "ECONNRESET")
    )
    outgoing.end(body)
  })
}
