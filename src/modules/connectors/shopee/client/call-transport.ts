import type { ClientRequest, IncomingMessage } from "node:http"
import type { Transform } from "node:stream"
import { createBrotliDecompress, createUnzip } from "node:zlib"
import { retryAfterMs } from "./retry-after"

/** A call ends after this long, whatever the server does: headers, body and redirects together. */
export const CALL_DEADLINE_MS = 15_000

/** Fifty order details are about half a megabyte. */
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024

export interface CallLimits {
  deadlineMs: number
  maxAnswerBytes: number
}

export const DEFAULT_LIMITS: CallLimits = { deadlineMs: CALL_DEADLINE_MS, maxAnswerBytes: MAX_ANSWER_BYTES }

/** Why a call was torn down by us. */
export class CallAbortedError extends Error {
  override readonly name = "CallAbortedError"

  constructor(
    readonly reason: "deadline" | "too_large",
    message: string
  ) {
    super(message)
  }
}

/**
 * The HTTP side of one call. The SDK has no deadline, no size limit, and hides status and headers; every request that it makes
 * during the call is adopted here through the agent, so that it can be observed and destroyed.
 */
export class CallTransport {
  /** HTTP status of the last answer; null before there is one. */
  httpStatus: number | null = null
  /** What the last answer's `Retry-After` asks for. */
  retryAfterMs: number | null = null

  /** The text of the last answer once it is complete; null before, and when it came compressed. */
  answerText: string | null = null

  readonly #limits: CallLimits
  readonly #requests = new Set<ClientRequest>()
  readonly #aborted: Promise<never>
  readonly #timer: NodeJS.Timeout
  #abort: (error: CallAbortedError) => void = () => undefined
  #error: CallAbortedError | null = null

  constructor(limits: CallLimits = DEFAULT_LIMITS) {
    this.#limits = limits
    this.#aborted = new Promise((_, reject) => {
      this.#abort = reject
    })
    // Whoever races is told; without a race (a bare SDK instance) the request's own error says it.
    this.#aborted.catch(() => undefined)
    this.#timer = setTimeout(() => {
      this.#tearDown(new CallAbortedError("deadline", `no complete answer within ${limits.deadlineMs} ms`))
    }, limits.deadlineMs)
  }

  /** Set once we tore the call down. */
  get abortedBy(): CallAbortedError | null {
    return this.#error
  }

  /** Observes a request from its creation; called by the agent before anything is sent. */
  adopt(request: ClientRequest): void {
    if (this.#error) {
      request.destroy(this.#error)
      return
    }
    this.#requests.add(request)
    request.once("close", () => this.#requests.delete(request))
    request.once("response", (response) => {
      response.once("end", () => this.#requests.delete(request))
      this.#observe(response)
    })
    // A compressed answer can't be bounded by what comes over the wire.
    request.setHeader("accept-encoding", "identity")
  }

  /** The result of `call`, or CallAbortedError as soon as a limit is hit, even if `call` never settles. */
  async race<T>(call: Promise<T>): Promise<T> {
    // The loser of the race still settles; that it failed is known by then.
    call.catch(() => undefined)
    return await Promise.race([call, this.#aborted])
  }

  /** The call is over: the deadline no longer runs, and an answer that nobody reads is cut off. */
  end(): void {
    clearTimeout(this.#timer)
    for (const request of this.#requests) {
      request.destroy()
    }
  }

  #observe(response: IncomingMessage): void {
    this.httpStatus = response.statusCode ?? null
    this.retryAfterMs = retryAfterMs(response.headers["retry-after"], Date.now())
    this.answerText = null
    let bytes = 0
    const chunks: Buffer[] = []
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > this.#limits.maxAnswerBytes) {
        this.#tearDown(
          new CallAbortedError("too_large", `the answer is larger than ${this.#limits.maxAnswerBytes} bytes`)
        )
      }
    }
    const inflate = inflaterOf(response.headers["content-encoding"])
    if (!inflate) {
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk)
        count(chunk)
      })
      response.once("end", () => (this.answerText = Buffer.concat(chunks).toString("utf8")))
      return
    }
    // A server that compresses all the same is measured by what its answer unpacks to.
    inflate.on("data", count)
    inflate.on("error", () => response.unpipe(inflate))
    response.on("close", () => inflate.destroy())
    response.pipe(inflate)
  }

  #tearDown(error: CallAbortedError): void {
    this.#error ??= error
    clearTimeout(this.#timer)
    for (const request of this.#requests) {
      request.destroy(error)
    }
    this.#abort(error)
  }
}

function inflaterOf(encoding: string | undefined): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case undefined:
    case "":
    case "identity":
      return null
    case "br":
      return createBrotliDecompress()
    default:
      return createUnzip()
  }
}
