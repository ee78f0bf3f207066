import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { IncomingMessage, ServerResponse } from "node:http"

/** How much of a body that is too large is read and thrown away, in limits. */
const LARGEST_DISCARDED_LIMITS = 16

/**
 * Reads the exact bytes of a request's body, whatever its content type, charset or encoding claim: a signature is made over bytes. A body
 * over the limit is answered 413 and not kept.
 *
 * The answer ends with the body: a connection that is closed while the sender still writes is reset, and the sender never sees
 * the 413. Who goes on writing far beyond the limit is cut off.
 *
 * @param done called once with the body, or with the error of a sender that hung up; never after a 413
 */
export function receiveBytes(
  req: IncomingMessage,
  res: ServerResponse,
  limitBytes: number,
  done: (error: Error | null, body: Buffer) => void
): void {
  const chunks: Buffer[] = []
  let size = 0
  req.on("data", (chunk: Buffer) => {
    size += chunk.length
    if (size <= limitBytes) {
      chunks.push(chunk)
    } else if (!res.headersSent) {
      chunks.length = 0
      res.writeHead(413, { Connection: "close", "Content-Length": "0" }).flushHeaders()
    } else if (size > limitBytes * LARGEST_DISCARDED_LIMITS) {
      req.destroy()
    }
  })
  req.on("end", () => {
    if (res.headersSent) {
      res.end()
      return
    }
    const [only = Buffer.alloc(0), ...others] = chunks
    done(null, others.length === 0 ? only : Buffer.concat(chunks))
  })
  req.on("error", (error) => {
    if (!res.headersSent) {
      done(error, Buffer.alloc(0))
    }
  })
}

/** Middleware that puts the exact bytes of a request's body into `req.body`; see `receiveBytes`. */
export function readRawBody(limitBytes: number) {
  return (req: MedusaRequest<unknown>, res: MedusaResponse, next: MedusaNextFunction): void => {
    receiveBytes(req, res, limitBytes, (error, body) => {
      if (error) {
        next(error)
        return
      }
      req.body = body
      next()
    })
  }
}
