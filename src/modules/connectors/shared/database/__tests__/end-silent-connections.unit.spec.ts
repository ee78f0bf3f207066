import { EventEmitter, once } from "node:events"
import { connect, createServer, type Server, type Socket } from "node:net"
import type { AddressInfo } from "node:net"
import { setTimeout as sleep } from "node:timers/promises"
import { endSilentConnections } from "../end-silent-connections"

const SILENT_MS = 100
const GRACE_MS = 50

describe("connections on which Postgres is silent", () => {
  let server: Server
  let accepted: Socket[]
  let pool: EventEmitter
  let said: string[]

  beforeEach(async () => {
    accepted = []
    said = []
    server = createServer((socket) => accepted.push(socket))
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    pool = new EventEmitter()
    endSilentConnections(pool, {
      silentMs: SILENT_MS,
      graceMs: GRACE_MS,
      onSilence: (message) => said.push(message),
    })
  })

  afterEach(async () => {
    accepted.forEach((socket) => socket.destroy())
    server.close()
    await once(server, "close")
  })

  async function open(): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1")
    socket.on("error", () => undefined)
    await once(socket, "connect")
    return socket
  }

  const acquire = (stream: Socket) => pool.emit("acquireSuccess", 1, { connection: { stream } })
  const release = (stream: Socket) => pool.emit("release", { connection: { stream } })

  it("are ended while somebody holds them, with an error that says so", async () => {
    const socket = await open()
    const failed = once(socket, "error")
    acquire(socket)

    const [error] = (await failed) as [Error]

    expect(error.name).toBe("SilentConnectionError")
    expect(socket.destroyed).toBe(true)
    expect(said).toHaveLength(1)
  })

  it("take the idle ones along, since those may be dead as well", async () => {
    const [held, idle] = [await open(), await open()]
    acquire(idle)
    release(idle)
    const closed = once(idle, "close")
    acquire(held)

    await closed

    expect(said).toEqual([expect.stringContaining("1 idle ones")])
  })

  it("are left alone while nobody holds them", async () => {
    const socket = await open()
    acquire(socket)
    release(socket)

    await sleep(3 * SILENT_MS)

    expect(socket.destroyed).toBe(false)
    socket.destroy()
  })

  it("are kept when the answer comes within the grace", async () => {
    const socket = await open()
    socket.resume()
    acquire(socket)
    socket.once("timeout", () => accepted[0]?.write("an answer"))

    await once(socket, "timeout")
    await sleep(GRACE_MS + 20)

    expect(socket.destroyed).toBe(false)
    release(socket)
    socket.destroy()
  })
})
