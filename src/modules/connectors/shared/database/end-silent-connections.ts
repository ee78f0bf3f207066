import type { Socket } from "node:net"

/** A connection of Medusa's pool: a client of `pg`, and the socket below it. */
interface PooledConnection {
  connection: { stream: Socket }
}

/** What is listened to of the pool (tarn's events). */
export interface ConnectionPool {
  on(event: "acquireSuccess", listener: (id: number, connection: PooledConnection) => void): void
  on(event: "release", listener: (connection: PooledConnection) => void): void
}

export interface SilenceOptions {
  /** How long Postgres may say nothing to whoever holds a connection. Longer than any statement of ours takes. */
  silentMs: number
  /** What else has to pass until a silence counts: a process that stood still finds the answer in its socket only afterwards. */
  graceMs?: number
  onSilence(message: string): void
}

const GRACE_MS = 1_000

/** Why a statement failed whose connection was given up. */
export class SilentConnectionError extends Error {
  override readonly name = "SilentConnectionError"

  constructor(silentMs: number) {
    super(`Postgres said nothing for ${Math.round(silentMs / 1000)} s on a connection in use; it is taken for dead.`)
  }
}

/**
 * Ends connections that are half open: their other end is gone and nobody says so, for example when a router or a proxy forgot them.
 * `pg` waits for an answer as long as the operating system tries to deliver the question, a quarter of an hour; and a dead
 * connection that is back in the pool is handed to the next one.
 *
 * Whoever holds such a connection gets an error, as of any connection that breaks, and the pool opens a new one. Where one is dead those
 * that lie idle may be as well, so they are closed with it.
 */
export function endSilentConnections(pool: ConnectionPool, options: SilenceOptions): void {
  const { silentMs, graceMs = GRACE_MS, onSilence } = options
  const known = new WeakSet<Socket>()
  const idle = new Set<Socket>()

  const giveUp = (socket: Socket): void => {
    const error = new SilentConnectionError(silentMs)
    onSilence(`${error.message} ${idle.size} idle ones are closed with it.`)
    socket.destroy(error)
    idle.forEach((other) => other.destroy())
    idle.clear()
  }
  const suspect = (socket: Socket): void => {
    const heard = socket.bytesRead
    setTimeout(() => {
      if (!idle.has(socket) && !socket.destroyed && socket.bytesRead === heard && socket.timeout === silentMs) {
        giveUp(socket)
      }
    }, graceMs).unref()
  }

  pool.on("acquireSuccess", (_, { connection: { stream } }) => {
    idle.delete(stream)
    if (!known.has(stream)) {
      known.add(stream)
      stream.on("timeout", () => suspect(stream))
      stream.once("close", () => idle.delete(stream))
    }
    stream.setTimeout(silentMs)
  })
  pool.on("release", ({ connection: { stream } }) => {
    stream.setTimeout(0)
    if (!stream.destroyed) {
      idle.add(stream)
    }
  })
}
