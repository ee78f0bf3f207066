import { JsonReader, JsonShapeError } from "../json-reader"
import type { ApiFault, Fault, PushFault } from "./fault"

/** Every kind with the field it can't do without. */
const API_KINDS: Record<ApiFault["kind"], { number?: string; text?: string }> = {
  "rate-limited": {},
  "server-error": {},
  html: {},
  empty: {},
  hang: {},
  reset: {},
  "malformed-json": {},
  truncated: {},
  slow: { number: "delay_ms" },
  "slow-loris": { number: "interval_ms" },
  huge: { number: "megabytes" },
  error: { text: "code" },
  "auth-error": {},
  "clock-skew": {},
  "drop-orders": {},
}
const PUSH_KINDS: Record<PushFault["kind"], { number?: string }> = {
  drop: {},
  delay: { number: "delay_ms" },
  duplicate: { number: "copies" },
  reorder: {},
  tamper: {},
  "wrong-signature": {},
}

/** Reads a fault. @throws JsonShapeError that names what is missing or wrong, or the kinds there are */
export function readFault(reader: JsonReader): Fault {
  const endpoint = reader.requiredString("endpoint")
  const kind = reader.requiredString("kind")
  const isPush = endpoint === "push"
  const kinds = new Map<string, { number?: string; text?: string }>(Object.entries(isPush ? PUSH_KINDS : API_KINDS))
  const needs = kinds.get(kind)
  if (!needs) throw new JsonShapeError(`kind must be one of ${[...kinds.keys()].join(", ")}`)
  if (needs.number) reader.requiredNumber(needs.number)
  if (needs.text) reader.requiredString(needs.text)
  for (const name of ["times", "skip", "status", "retry_after_seconds"]) reader.number(name)
  if (isPush) reader.number("code")
  for (const name of ["ordersn", "message", "warning", "form"]) reader.string(name)
  reader.boolean("carried_out")
  reader.strings("order_sns")
  // Every field of every kind has been looked at above.
  return { ...reader.fields, endpoint, kind } as Fault
}
