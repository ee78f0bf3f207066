import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { SandboxControl } from "./control-client"
import { jsonAnswer, writeAnswer } from "./http/answer"
import { API_PREFIX, ApiDoor } from "./http/api-door"
import { CONTROL_PREFIX, ControlDoor } from "./http/control-door"
import type { SandboxOptions } from "./options"
import { Sandbox } from "./sandbox"

export type { SandboxOptions } from "./options"

const HOST = "127.0.0.1"

/** A sandbox that listens. */
export interface RunningSandbox {
  /** E.g. `http://127.0.0.1:4100`. */
  url: string
  /** What a client uses as its base URL: `url` and /api/v2. */
  apiBaseUrl: string
  control: SandboxControl
  /** Stops listening, breaks open connections and forgets everything. */
  close(): Promise<void>
}

/** Starts a sandbox on 127.0.0.1. Rejects when the port is taken, or when pushes would leave this machine. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const sandbox = new Sandbox(options)
  let url = ""
  const apiDoor = new ApiDoor(sandbox)
  const controlDoor = new ControlDoor(sandbox, () => url + API_PREFIX)
  const route = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? "/"
    const target = URL.canParse(path, url) ? new URL(path, url) : undefined
    if (target?.pathname.startsWith(`${API_PREFIX}/`)) return apiDoor.handle(request, response, target)
    if (target?.pathname.startsWith(`${CONTROL_PREFIX}/`)) return controlDoor.handle(request, response, target)
    writeAnswer(response, jsonAnswer(404, JSON.stringify({ error: "only /api/v2 and /sandbox are here" })))
    return Promise.resolve()
  }
  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => failVisibly(response, error))
  })

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(options.port ?? 0, HOST, () => resolve())
  })
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("the server has no port")
  url = `http://${HOST}:${address.port}`

  return {
    url,
    apiBaseUrl: url + API_PREFIX,
    control: new SandboxControl(url),
    close: () => {
      sandbox.close()
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      })
    },
  }
}

/** A defect of the sandbox itself: told apart from the faults it was asked for by its status text and on stderr. */
function failVisibly(response: ServerResponse, error: unknown): void {
  if (response.destroyed) return
  console.error("sandbox defect:", error)
  if (response.headersSent) response.destroy()
  else writeAnswer(response, jsonAnswer(500, JSON.stringify({ error: "sandbox_defect", message: String(error) })))
}
