import type { IncomingMessage, ServerResponse } from "node:http"
import type { ControlRoute } from "../control/control-route"
import { orderControl } from "../control/order-control"
import { pushControl } from "../control/push-control"
import { returnControl } from "../control/return-control"
import { worldControl } from "../control/world-control"
import { isJsonObject, JsonReader, JsonShapeError, parseJson } from "../json-reader"
import { OrderRefusal } from "../orders/order-desk"
import { PushSettingError } from "../push/subscription"
import type { Sandbox } from "../sandbox"
import { toWireJson } from "../wire-json"
import { jsonAnswer, writeAnswer } from "./answer"
import { readBody } from "./read-body"

export const CONTROL_PREFIX = "/sandbox"

/** The door under /sandbox: no signature, this machine only. Answers JSON; a refusal is `{ "error": "…" }` with 400. */
export class ControlDoor {
  private readonly routes: ControlRoute[]

  constructor(sandbox: Sandbox, apiBaseUrl: () => string) {
    this.routes = [
      ...worldControl(sandbox, apiBaseUrl),
      ...orderControl(sandbox),
      ...returnControl(sandbox),
      ...pushControl(sandbox),
    ]
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const path = url.pathname.slice(CONTROL_PREFIX.length)
    const bodyText = await readBody(request)
    for (const route of this.routes) {
      const id = route.method === request.method ? matchPath(route.path, path) : undefined
      if (id === undefined) continue
      try {
        const body: unknown = bodyText.trim() === "" ? {} : parseJson(bodyText)
        const result: unknown = await route.handle({
          query: url.searchParams,
          id,
          body: new JsonReader(isJsonObject(body) ? body : {}),
          list: Array.isArray(body) ? body : undefined,
        })
        return writeAnswer(response, jsonAnswer(200, toWireJson(result ?? { ok: true })))
      } catch (error) {
        if (!isRefusal(error)) throw error
        return writeAnswer(response, jsonAnswer(400, JSON.stringify({ error: error.message })))
      }
    }
    writeAnswer(response, jsonAnswer(404, JSON.stringify({ error: `no control call ${request.method} ${path}` })))
  }
}

/** The `:id` of a path that matches, the empty string when the pattern has none, undefined when it doesn't match. */
function matchPath(pattern: string, path: string): string | undefined {
  const wanted = pattern.split("/")
  const given = path.split("/")
  if (wanted.length !== given.length) return undefined
  let id = ""
  for (const [index, part] of wanted.entries()) {
    if (part === ":id") id = decodeURIComponent(given[index] ?? "")
    else if (part !== given[index]) return undefined
  }
  return id
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof JsonShapeError ||
    error instanceof OrderRefusal ||
    error instanceof PushSettingError ||
    error instanceof RangeError
  )
}
