import type { JsonReader } from "../json-reader"

/** A request of the control API. */
export interface ControlCall {
  query: URLSearchParams
  /** The order number or fault id in the path. */
  id: string
  body: JsonReader
  /** The body when it is a list instead of an object. */
  list: unknown[] | undefined
}

/** One control call. `path` is without /sandbox; `:id` stands for one path segment. */
export interface ControlRoute {
  method: "GET" | "POST" | "DELETE"
  path: string
  handle(call: ControlCall): unknown
}
