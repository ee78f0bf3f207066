import { createHash } from "node:crypto"
import { PushCode } from "../types/enums"
import { isJsonObject, type JsonValue } from "../types/json"
import type { ParsedPush } from "../types/push"

/** What the identity of a push is made of. */
export type IdentifiablePush = Pick<ParsedPush, "code" | "shop_id" | "ordersn" | "timestamp" | "data">

/**
 * What makes two pushes the same event: sha256 (hex) over what Shopee signed (product §6.3).
 *
 * - Order status (code 3) with `update_time`: shop, code, order, status, completed scenario, `update_time`. The envelope's timestamp
 *   is left out: it is when the push was sent, and a repetition has another one.
 * - Everything else: shop, code, the envelope's timestamp, `data` with its keys in order.
 *
 * `msg_id` never counts: not every push has one, and whether a repetition keeps it is unknown. A push without a shop has shop "".
 * Equal for a push and its lost twin.
 */
export const eventIdentity = (push: IdentifiablePush): string => {
  const shop = push.shop_id ?? ""
  const updateTime = isJsonObject(push.data) ? scalarText(push.data.update_time) : ""
  if (
    push.code === PushCode.ORDER_STATUS_UPDATE &&
    push.ordersn !== null &&
    updateTime !== "" &&
    isJsonObject(push.data)
  ) {
    const { status, completed_scenario } = push.data
    return digest([
      "status",
      shop,
      push.code,
      push.ordersn,
      scalarText(status),
      scalarText(completed_scenario),
      updateTime,
    ])
  }
  return digest(["push", shop, push.code, push.timestamp, canonicalJson(push.data)])
}

/** Identity of an authentic body that could not be read as a push: its bytes. */
export const unreadableIdentity = (rawBody: Buffer): string => digest(["unreadable", rawBody.toString("base64")])

/**
 * Identity of a finding of reconciliation, of a backfill or of an operator's retry. It carries the run's id, so a new run always
 * marks the order due, and the same run only once.
 */
export const findingIdentity = (runId: string, shopId: string, ordersn: string, returnSn?: string): string =>
  digest(["finding", runId, shopId, ordersn, ...(returnSn === undefined ? [] : [returnSn])])

/** A JSON list keeps the parts apart: no two different lists have the same text. */
const digest = (parts: readonly (string | number | null)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex")

/** null, "" and an absent field are the same: Shopee sends all three for "no scenario". */
const scalarText = (value: JsonValue | undefined): string => {
  if (value === undefined || value === null) {
    return ""
  }
  return typeof value === "object" ? canonicalJson(value) : String(value)
}

const canonicalJson = (value: JsonValue): string => {
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(",")}]`
  }
  if (isJsonObject(value)) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(",")}}`
  }
  return JSON.stringify(value)
}
