import { AsyncLocalStorage } from "node:async_hooks"

/** What a log line is about, as fields of its own: a collector finds an order's lines by them. Never a secret, never a buyer's data. */
export interface LogFields {
  /** Of the HTTP request in whose course the line was written. */
  request_id?: string
  shop_id?: string
  /** Shopee's number of the one order that the line is about. */
  order_sn?: string
  /** Orders that are worked on together, while the line is about none of them alone. */
  order_sns?: readonly string[]
  medusa_order_id?: string
  claim_id?: string
}

const storage = new AsyncLocalStorage<LogFields>()

/** Adds fields to every line that is logged while `work` runs, on top of those around it. */
export function withLogFields<Result>(fields: LogFields, work: () => Result): Result {
  return storage.run({ ...storage.getStore(), ...fields }, work)
}

/** The fields of a line that is logged now. */
export const currentLogFields = (): LogFields | undefined => storage.getStore()

/** Lets lines begin anew: for work that a request sets going and that is about more than this request. */
export function withoutLogFields<Result>(work: () => Result): Result {
  return storage.run({}, work)
}
