import type { IncomingMessage, ServerResponse } from "node:http"

/** An answered request, for its line in the log. */
export interface AnsweredRequest {
  req: IncomingMessage
  res: ServerResponse
  requestId: string
  /** `performance.now()` of its arrival. */
  arrivedAt: number
}

/** The last entry of `X-Forwarded-For` is the proxy's own; Medusa trusts one proxy. */
function clientOf({ headers, socket }: IncomingMessage): string {
  const forwarded = String(headers["x-forwarded-for"] ?? "").split(",")
  return forwarded.at(-1)?.trim() || socket.remoteAddress || "-"
}

/** The line that Medusa writes about a request in production, for one that it never saw: the same fields in the same sequence. */
export function accessLine({ req, res, requestId, arrivedAt }: AnsweredRequest): string {
  return JSON.stringify({
    level: "http",
    client_ip: clientOf(req),
    request_id: requestId,
    http_version: req.httpVersion,
    method: req.method,
    path: req.url,
    status: res.statusCode,
    response_size: 0,
    request_size: req.headers["content-length"] ?? 0,
    duration: Number((performance.now() - arrivedAt).toFixed(3)),
    referrer: req.headers.referer ?? "-",
    user_agent: req.headers["user-agent"],
    timestamp: new Date().toISOString(),
  })
}
