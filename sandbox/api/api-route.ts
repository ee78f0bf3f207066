import type { JsonReader } from "../json-reader"

/** A request that has passed the signature check. */
export interface ApiCall {
  query: URLSearchParams
  body: JsonReader
  /** The shop whose token signed the call; 0 for public APIs. */
  shopId: number
}

/** What an API answers, before it is wrapped in the envelope. */
export type ApiAnswer =
  | { kind: "response"; response: unknown; warning?: unknown }
  /** Token and shop APIs put their fields beside `error` and `message`. */
  | { kind: "top-level"; fields: Record<string, unknown> }
  | { kind: "redirect"; location: string }

/** One API: where it is, how its calls are signed, and what it does. */
export interface ApiRoute {
  method: "GET" | "POST"
  /** Without /api/v2. */
  path: string
  access: "public" | "shop"
  handle(call: ApiCall): ApiAnswer | Promise<ApiAnswer>
}
