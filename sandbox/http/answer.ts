import type { ServerResponse } from "node:http"

/** An answer ready to be written. */
export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

export function jsonAnswer(status: number, body: string, headers: Record<string, string> = {}): HttpAnswer {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body }
}

export function writeAnswer(response: ServerResponse, answer: HttpAnswer): void {
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": String(Buffer.byteLength(answer.body)) })
  response.end(answer.body)
}
