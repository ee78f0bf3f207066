import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import express, { type NextFunction } from "express"
import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, request, type Server } from "node:http"
import { type AddressInfo, connect, type Socket } from "node:net"
import { text } from "node:stream/consumers"
import { gzipSync } from "node:zlib"
import { readRawBody } from "../read-raw-body"

const LIMIT = 1024 * 1024

/** The webhook's middleware in a server of its own, as Medusa runs it: an Express application, nothing else before it. */
describe("readRawBody", () => {
  let server: Server
  let bodies: Buffer[]
  let errors: unknown[]

  beforeEach(async () => {
    bodies = []
    errors = []
    const app = express()
    app.use((req, res, next) => readRawBody(LIMIT)(req as MedusaRequest<unknown>, res as MedusaResponse, next))
    app.use((req, res) => {
      bodies.push(req.body)
      res.status(200).end()
    })
    app.use((error: unknown, _req: unknown, res: { end(): void }, _next: NextFunction) => {
      errors.push(error)
      res.end()
    })
    server = createServer(app)
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  })

  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  })

  const port = () => (server.address() as AddressInfo).port

  const send = async (chunks: Buffer[], headers: Record<string, string> = {}): Promise<IncomingMessage> => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const post = request(
        { port: port(), host: "127.0.0.1", method: "POST", path: "/", headers, agent: false },
        resolve
      )
      post.on("error", reject)
      chunks.forEach((chunk) => post.write(chunk))
      post.end()
    })
    answer.resume()
    return answer
  }

  const post = (body: Buffer, headers: Record<string, string> = {}) =>
    send([body], { "content-length": String(body.length), ...headers })

  const lives = async () => {
    const before = bodies.length
    expect((await post(Buffer.from("{}"))).statusCode).toBe(200)
    expect(bodies).toHaveLength(before + 1)
  }

  it.each<[string, Buffer, Record<string, string>]>([
    ["JSON", Buffer.from('{"a": 1 }\r\n'), { "content-type": "application/json" }],
    ["malformed JSON", Buffer.from('{"a":'), { "content-type": "application/json" }],
    ["invalid UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80, 0x7d]), { "content-type": "application/json" }],
    ["another charset", Buffer.from([0xe9, 0x22]), { "content-type": "application/json; charset=latin1" }],
    ["a form", Buffer.from("a=1&a=2"), { "content-type": "application/x-www-form-urlencoded" }],
    ["no content type", Buffer.from("x"), {}],
    ["something gzipped, as it came", gzipSync('{"a":1}'), { "content-encoding": "gzip" }],
    ["an encoding that nobody knows", Buffer.from("x"), { "content-encoding": "made-up" }],
  ])("hands on the exact bytes of %s", async (_, body, headers) => {
    expect((await post(body, headers)).statusCode).toBe(200)
    expect(bodies).toEqual([body])
  })

  it("hands on an empty body as no bytes", async () => {
    expect((await send([])).statusCode).toBe(200)
    expect(bodies).toEqual([Buffer.alloc(0)])
  })

  it("hands on a body that comes in pieces as one", async () => {
    const pieces = [Buffer.from([0xe2, 0x82]), Buffer.from([0xac]), Buffer.from("!")]
    expect((await send(pieces, { "transfer-encoding": "chunked" })).statusCode).toBe(200)
    expect(bodies).toEqual([Buffer.from("€!")])
  })

  it("takes 1 MiB to the byte", async () => {
    const body = randomBytes(LIMIT)
    expect((await post(body)).statusCode).toBe(200)
    expect(bodies[0]?.equals(body)).toBe(true)
  })

  it("answers 413 to a byte more, hands nothing on, ends the connection and lives", async () => {
    const answer = await post(Buffer.alloc(LIMIT + 1))

    expect(answer.statusCode).toBe(413)
    expect(answer.headers.connection).toBe("close")
    expect(bodies).toEqual([])
    await lives()
  })

  it("answers 413 to 2 MiB in chunks of unknown number", async () => {
    const answer = await send(
      Array.from({ length: 32 }, () => Buffer.alloc(64 * 1024)),
      { "transfer-encoding": "chunked" }
    )

    expect(answer.statusCode).toBe(413)
    expect(bodies).toEqual([])
    await lives()
  })

  it("answers 413 also to somebody who sends all of 15 MiB before reading", async () => {
    const sender = connect(port(), "127.0.0.1")
    await new Promise<void>((done, reject) => {
      sender.once("error", reject)
      sender.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${15 * LIMIT}\r\n\r\n`)
      sender.write(Buffer.alloc(15 * LIMIT), (error) => (error ? reject(error) : done()))
    })
    const answer = await text(sender)

    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch(/\r\n\r\n$/)
    expect(bodies).toEqual([])
    await lives()
  })

  it("cuts off somebody who goes on far beyond the limit, and lives", async () => {
    const accepted = new Promise<Socket>((done) => server.once("connection", done))
    const sender = connect(port(), "127.0.0.1")
    sender.on("error", () => sender.destroy())
    sender.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${64 * LIMIT}\r\n\r\n`)
    sender.write(Buffer.alloc(64 * LIMIT))
    sender.resume()
    const socket = await accepted
    await new Promise((done) => socket.once("close", done))

    expect(socket.bytesRead).toBeGreaterThan(LIMIT)
    expect(socket.bytesRead).toBeLessThan(20 * LIMIT)
    expect(bodies).toEqual([])
    await lives()
  })

  it("a sender that hangs up halfway reaches nobody and the server lives", async () => {
    await new Promise<void>((done) => {
      const socket = connect(port(), "127.0.0.1", () => {
        socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nonly a part", () => {
          setTimeout(() => socket.destroy(), 50)
        })
      })
      socket.on("close", () => done())
    })
    await lives()

    expect(bodies).toEqual([Buffer.from("{}")])
    expect(errors.map(String)).toEqual(["Error: aborted"])
  })
})
