import { createServer } from "node:net"

/** A TCP port of 127.0.0.1 that nobody listened on a moment ago; the caller retries when somebody was faster. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => {
        if (address === null || typeof address === "string") {
          reject(new Error("The operating system gave no TCP port."))
        } else {
          resolve(address.port)
        }
      })
    })
  })
}
