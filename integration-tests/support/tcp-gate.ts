import { connect, createServer, type Server, type Socket } from "node:net"

/** A way to a server of this machine that can be shut, as when the server or the line is down. */
export interface TcpGate {
  /** Where to connect instead, without a slash at its end. Stays the same when the gate is shut and opened again. */
  url: string
  /** Breaks every connection; new ones are refused until it is opened. */
  shut(): Promise<void>
  open(): Promise<void>
  /** Lets nothing through in either direction, old connections and new ones alike, until `thaw`: a line that stands still. */
  freeze(): void
  thaw(): void
  /** Drops every connection on the server's side and tells the client nothing, as a router that forgot it. New ones are sound. */
  forget(): void
}

/** Opens a gate to a server. @param targetUrl e.g. `http://127.0.0.1:4100` */
export async function openGate(targetUrl: string): Promise<TcpGate> {
  const target = Number(new URL(targetUrl).port)
  const sockets = new Set<Socket>()
  const pairs = new Set<{ inner: Socket; outer: Socket }>()
  let frozen = false
  let server: Server | null = null
  let port = 0

  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket)
    // What breaks on one side breaks on the other: a gate has no errors of its own.
    socket.on("error", () => other.destroy())
    socket.on("close", () => {
      sockets.delete(socket)
      other.destroy()
    })
  }
  const stop = ({ inner, outer }: { inner: Socket; outer: Socket }): void => {
    inner.unpipe(outer).pause()
    outer.unpipe(inner).pause()
  }
  const open = async (): Promise<void> => {
    const opened = createServer((inner) => {
      const outer = connect(target, "127.0.0.1")
      keep(inner, outer)
      keep(outer, inner)
      const pair = { inner, outer }
      pairs.add(pair)
      inner.once("close", () => pairs.delete(pair))
      inner.pipe(outer).pipe(inner)
      if (frozen) {
        stop(pair)
      }
    })
    await new Promise<void>((resolve, reject) => {
      opened.once("error", reject)
      opened.listen(port, "127.0.0.1", resolve)
    })
    const address = opened.address()
    if (address === null || typeof address === "string") {
      throw new Error("The gate got no port.")
    }
    port = address.port
    server = opened
  }

  await open()
  return {
    url: `http://127.0.0.1:${port}`,
    open,
    freeze: () => {
      frozen = true
      pairs.forEach(stop)
    },
    thaw: () => {
      frozen = false
      pairs.forEach(({ inner, outer }) => inner.pipe(outer).pipe(inner))
    },
    forget: () => {
      for (const pair of pairs) {
        stop(pair)
        pairs.delete(pair)
        pair.outer.removeAllListeners("close").destroy()
        // Whatever the client still says goes nowhere.
        pair.inner.resume()
      }
    },
    shut: async () => {
      const opened = server
      server = null
      const closed = new Promise<void>((resolve) => (opened ? opened.close(() => resolve()) : resolve()))
      sockets.forEach((socket) => socket.destroy())
      await closed
    },
  }
}
