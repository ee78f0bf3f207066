import type { AsyncLocalStorage } from "node:async_hooks"
import { Agent as HttpAgent, type ClientRequest } from "node:http"
import { Agent as HttpsAgent } from "node:https"
import { CallTransport } from "./call-transport"

declare module "node:http" {
  interface Agent {
    /** Undocumented but what every agent library builds on: called with each new request before anything is sent. */
    addRequest(request: ClientRequest, options: unknown): void
  }
}

/**
 * Idle connections are closed before the server does it: a request that crosses with the server's close fails with
 * ECONNRESET. Node's own servers close after 5 s.
 */
const IDLE_SOCKET_MS = 4_000

const AGENT_OPTIONS = { keepAlive: true, timeout: IDLE_SOCKET_MS }

/** The transport that a request made now belongs to. */
export type CurrentTransport = AsyncLocalStorage<{ transport: CallTransport }>

/**
 * A keep-alive agent for `baseUrl` that hands each request to the transport of the current call. A request outside any call
 * gets a transport of its own with the default limits.
 */
export function createCallAgent(baseUrl: string, current?: CurrentTransport): HttpAgent {
  const adopt = (request: ClientRequest) => {
    const transport = current?.getStore()?.transport
    if (transport) {
      transport.adopt(request)
      return
    }
    const own = new CallTransport()
    request.once("close", () => own.end())
    own.adopt(request)
  }
  return new URL(baseUrl).protocol === "https:" ? new AdoptingHttpsAgent(adopt) : new AdoptingHttpAgent(adopt)
}

class AdoptingHttpAgent extends HttpAgent {
  constructor(private readonly adopt: (request: ClientRequest) => void) {
    super(AGENT_OPTIONS)
  }

  override addRequest(request: ClientRequest, options: unknown): void {
    this.adopt(request)
    super.addRequest(request, options)
  }
}

class AdoptingHttpsAgent extends HttpsAgent {
  constructor(private readonly adopt: (request: ClientRequest) => void) {
    super(AGENT_OPTIONS)
  }

  override addRequest(request: ClientRequest, options: unknown): void {
    this.adopt(request)
    super.addRequest(request, options)
  }
}
