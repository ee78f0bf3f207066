import type { IncomingMessage, ServerResponse } from "node:http"
import type { ApiAnswer, ApiRoute } from "../api/api-route"
import { authRoutes } from "../api/auth-routes"
import { orderRoutes } from "../api/order-routes"
import { paymentRoutes } from "../api/payment-routes"
import { pushRoutes } from "../api/push-routes"
import { returnRoutes } from "../api/return-routes"
import type { ApiFault } from "../control/fault"
import { dropOrders } from "../faults/drop-orders"
import { refusalOf } from "../faults/fault-refusal"
import { isCarriedOut, writeSpoiled } from "../faults/write-spoiled"
import { JsonReader, JsonShapeError, parseJsonObject } from "../json-reader"
import type { Sandbox } from "../sandbox"
import { rateLimited, ShopeeError, wrongParameter } from "../shopee-error"
import { toWireJson } from "../wire-json"
import { jsonAnswer, writeAnswer, type HttpAnswer } from "./answer"
import { checkSignature } from "./check-signature"
import { readBody } from "./read-body"

export const API_PREFIX = "/api/v2"

interface Outcome {
  answer: HttpAnswer
  /** `ok` or the error code. */
  result: string
  shopId: number
}

/** The door under /api/v2: finds the API, checks the signature, runs it, wraps the answer, and applies faults. */
export class ApiDoor {
  private readonly routes: Map<string, ApiRoute>

  constructor(private readonly sandbox: Sandbox) {
    const routes = [authRoutes, orderRoutes, paymentRoutes, pushRoutes, returnRoutes].flatMap((make) => make(sandbox))
    this.routes = new Map(routes.map((route) => [route.path, route]))
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { clock, faults, calls } = this.sandbox
    const startedAt = clock.realNow()
    const path = url.pathname.slice(API_PREFIX.length)
    const bodyText = await readBody(request)
    const orderSns = namedOrders(url.searchParams, bodyText)
    const fault = faults.takeForApi(path, orderSns)
    const carriedOut = !fault || isCarriedOut(fault)
    const outcome = carriedOut ? await this.run(request.method ?? "GET", path, url, bodyText, fault) : undefined
    const refusal = fault && refusalOf(fault)
    const answer = refusal ? this.refused(refusal) : outcome?.answer
    calls.add({
      time: startedAt,
      endpoint: path,
      shop_id: outcome?.shopId ?? Number(url.searchParams.get("shop_id") ?? 0),
      order_sns: orderSns,
      result: refusal?.code ?? outcome?.result ?? `fault:${fault?.kind ?? ""}`,
      http_status: answer?.status ?? 0,
      ms: clock.realNow() - startedAt,
      ...(fault ? { fault: fault.kind } : {}),
    })
    if (fault && !refusal) await writeSpoiled(response, fault, answer)
    else if (answer) writeAnswer(response, withRetryAfter(answer, fault))
  }

  private async run(
    method: string,
    path: string,
    url: URL,
    bodyText: string,
    fault: ApiFault | undefined
  ): Promise<Outcome> {
    let shopId = 0
    try {
      const route = this.routes.get(path)
      if (!route || route.method !== method) throw new ShopeeError("error_not_found", "No such API.", 404)
      shopId = checkSignature(this.sandbox, route.access, url.pathname, url.searchParams)
      if (route.access === "shop" && !this.sandbox.rateLimit.admit(shopId)) throw rateLimited()
      const body = new JsonReader(parseJsonObject(bodyText))
      const full = await route.handle({ query: url.searchParams, body, shopId })
      const answer = fault?.kind === "drop-orders" ? dropOrders(full, fault) : full
      return { answer: this.wrapped(answer), result: "ok", shopId }
    } catch (error) {
      const refusal = error instanceof JsonShapeError ? wrongParameter(error.message) : error
      if (!(refusal instanceof ShopeeError)) throw error
      return { answer: this.refused(refusal), result: refusal.code, shopId }
    }
  }

  private wrapped(answer: ApiAnswer): HttpAnswer {
    if (answer.kind === "redirect") return { status: 302, headers: { Location: answer.location }, body: "" }
    const envelope = { error: "", message: "", request_id: this.sandbox.traceIds.hex32() }
    if (answer.kind === "top-level") return jsonAnswer(200, toWireJson({ ...envelope, ...answer.fields }))
    const { response, warning } = answer
    return jsonAnswer(200, toWireJson({ ...envelope, ...(warning === undefined ? {} : { warning }), response }))
  }

  private refused(error: ShopeeError): HttpAnswer {
    const envelope = { error: error.code, message: error.message, request_id: this.sandbox.traceIds.hex32() }
    return jsonAnswer(error.httpStatus, toWireJson(envelope), error.httpStatus === 429 ? { "Retry-After": "1" } : {})
  }
}

function withRetryAfter(answer: HttpAnswer, fault: ApiFault | undefined): HttpAnswer {
  if (fault?.kind !== "rate-limited" || fault.retry_after_seconds === undefined) return answer
  return { ...answer, headers: { ...answer.headers, "Retry-After": String(fault.retry_after_seconds) } }
}

/** The orders a call is about, for faults and the log. */
function namedOrders(query: URLSearchParams, bodyText: string): string[] {
  const list = query.get("order_sn_list") ?? query.get("order_sn")
  if (list !== null) return list.split(",")
  const listed = /"order_sn_list"\s*:\s*\[([^\]]*)\]/.exec(bodyText)?.[1]
  return listed ? listed.split(",").map((quoted) => quoted.trim().replaceAll('"', "")) : []
}
