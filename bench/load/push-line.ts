import { connect, type Socket } from "node:net"

/** An answer, and how long it took from the moment that somebody wanted to ask for it. */
export interface PushAnswer {
  status: number
  ms: number
}

interface Waiting {
  wantedAt: number
  resolve(answer: PushAnswer): void
  reject(error: Error): void
}

const HEAD_END = "\r\n\r\n"

/**
 * One kept-alive connection that posts to the webhook, one request after the other. Written on a bare socket: an HTTP client would
 * take more of the processors than the server that is measured.
 */
export class PushLine {
  private received = ""
  private waiting: Waiting | null = null

  private constructor(
    private readonly socket: Socket,
    private readonly port: number
  ) {
    socket.setNoDelay(true)
    socket.setEncoding("latin1")
    socket.on("data", (text: string) => this.take(text))
    socket.on("error", (error) => this.fail(error))
    socket.on("close", () => this.fail(new Error("The server closed the connection.")))
  }

  static open(port: number): Promise<PushLine> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1")
      socket.once("error", reject)
      socket.once("connect", () => {
        socket.removeListener("error", reject)
        resolve(new PushLine(socket, port))
      })
    })
  }

  /** False once the server has closed it, as it does with one that is idle for seconds. */
  get isOpen(): boolean {
    return !this.socket.destroyed
  }

  /**
   * Posts a push.
   *
   * @param wantedAt of `performance.now()`: since when it has waited for this line
   * @throws Error when the line is busy, or closed since its last push
   */
  send(body: string, authorization: string, wantedAt = performance.now()): Promise<PushAnswer> {
    if (this.waiting) {
      throw new Error("A line carries one push at a time.")
    }
    if (!this.isOpen) {
      throw new Error("The server closed the connection while it was idle.")
    }
    return new Promise((resolve, reject) => {
      this.waiting = { wantedAt, resolve, reject }
      this.socket.write(
        `POST /connectors/shopee/webhook HTTP/1.1\r\nHost: 127.0.0.1:${this.port}\r\nContent-Type: application/json\r\n` +
          `Authorization: ${authorization}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
      )
    })
  }

  close(): void {
    this.waiting = null
    this.socket.destroy()
  }

  private take(text: string): void {
    this.received += text
    const headLength = this.received.indexOf(HEAD_END)
    if (headLength < 0) {
      return
    }
    const head = this.received.slice(0, headLength)
    const bodyLength = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
    const isChunked = /\r\ntransfer-encoding: chunked/i.test(head)
    const body = this.received.slice(headLength + HEAD_END.length)
    if (isChunked ? !body.endsWith(`0${HEAD_END}`) : body.length < bodyLength) {
      return
    }
    this.received = ""
    const { waiting } = this
    this.waiting = null
    waiting?.resolve({ status: Number(head.slice(9, 12)), ms: performance.now() - waiting.wantedAt })
  }

  private fail(error: Error): void {
    const { waiting } = this
    this.waiting = null
    waiting?.reject(error)
  }
}
