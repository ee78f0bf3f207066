import type { IncomingMessage } from "node:http"

const MAX_BODY_BYTES = 64 * 1024 * 1024

/** Reads a request's body as text. @throws RangeError above 64 MiB */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError("the request was given an encoding")
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new RangeError("the body is larger than 64 MiB")
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString("utf8")
}
