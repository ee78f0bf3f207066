import { z } from "@medusajs/framework/zod"
import { PushCode } from "../types/enums"
import { isJsonObject, type JsonObject, type JsonValue } from "../types/json"
import { ORDERSN_PATTERN, type ParsedPush, type PushReading, type UnreadablePush } from "../types/push"
import { readJson, toStorable } from "./read-json"

const MAX_INT4 = 0x7fffffff
const SHOP_ID = /^\d{1,20}$/
const MAX_MSG_ID_LENGTH = 200

/** Pushes that say "look at this order again", and so are of no use without naming one. */
const ORDER_CODES: ReadonlySet<number> = new Set([
  PushCode.ORDER_STATUS_UPDATE,
  PushCode.TRACKING_NO,
  PushCode.SHIPPING_DOCUMENT_STATUS,
  PushCode.RETURN_UPDATES,
  PushCode.PACKAGE_FULFILLMENT_STATUS,
  PushCode.PACKAGE_INFO,
])

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ""

/** A number that may have come as text. Ids above 2^53 already are text here. */
const numberOrDigits = z.union([z.number(), z.string().trim()])

// The whole of int4 that can be a push: below 0 are our own codes (UNREADABLE_PUSH_CODE).
const codeSchema = numberOrDigits
  .transform((code) => (typeof code === "string" && /^\d+$/.test(code) ? Number(code) : code))
  .pipe(z.number().int().min(0).max(MAX_INT4))

const shopIdSchema = numberOrDigits.transform(String).pipe(z.string().regex(SHOP_ID)).transform(withoutLeadingZeros)

const ordersnSchema = z
  .union([z.string(), z.number()])
  .transform((ordersn) => String(ordersn).trim())
  .pipe(z.string().regex(ORDERSN_PATTERN))

/**
 * Reads the bytes of a push (or the text of a lost one). What it accepts follows Shopee's drift: `data` as an object or as a JSON
 * string, `ordersn` or `order_sn`, numbers as text, unknown codes and fields. Anything else is answered with `unreadable` and
 * the reason. Never throws, whatever the bytes.
 */
export const parsePush = (rawBody: Buffer | string): PushReading => {
  const reading = readJson(rawBody)
  if ("unreadable" in reading) {
    return reading
  }
  return isJsonObject(reading.value) ? readEnvelope(reading.value) : unreadable("The push is not a JSON object.")
}

/**
 * Reads one item of `get_lost_push_message`. Its `data` is a string that holds the whole push, which is unwrapped, so that the
 * result equals that of the push itself, but for a `msg_id` or an id that only the item has. Never throws.
 */
export const unwrapLostPush = (item: unknown): PushReading => {
  const reading = toStorable(item)
  if ("unreadable" in reading) {
    return reading
  }
  return isJsonObject(reading.value) ? readEnvelope(reading.value) : unreadable("The lost push is not a JSON object.")
}

const unreadable = (reason: string): UnreadablePush => ({ unreadable: reason })

const readEnvelope = (outer: JsonObject): PushReading => {
  const outerContent = readContent(outer)
  if (!isEnvelope(outerContent)) {
    return toPush(outer, outerContent)
  }
  // The item's own timestamp is when the push was lost, so of the item only what the push itself lacks is taken.
  const inner = { ...outerContent }
  for (const field of ["msg_id", "shop_id"]) {
    const fallback = outer[field]
    if (isAbsent(inner[field]) && fallback !== undefined) {
      inner[field] = fallback
    }
  }
  return toPush(inner, readContent(inner))
}

/** `data`, parsed when it is a string that holds JSON of an object or a list; another string stays what it is. */
const readContent = (envelope: JsonObject): JsonValue => {
  const content = envelope.data ?? null
  if (typeof content !== "string") {
    return content
  }
  const reading = readJson(content)
  return "value" in reading && typeof reading.value === "object" && reading.value !== null ? reading.value : content
}

const isEnvelope = (content: JsonValue): content is JsonObject =>
  isJsonObject(content) && Object.hasOwn(content, "code") && Object.hasOwn(content, "data")

const toPush = (envelope: JsonObject, content: JsonValue): PushReading => {
  const code = codeSchema.safeParse(envelope.code)
  if (!code.success) {
    return unreadable("The push has no `code`, or one that is not a whole number from 0 to 2147483647.")
  }
  const fields = isJsonObject(content) ? content : {}
  const shopId = readShopId(envelope, fields)
  if (shopId === undefined) {
    return unreadable("The push's `shop_id` is not a whole number.")
  }
  const ordersn = readOrdersn(fields)
  if (ordersn === undefined) {
    return unreadable("The push's order number is not of 1 to 64 letters, digits, `-` or `_`.")
  }

  const push: ParsedPush = {
    code: code.data,
    shop_id: shopId,
    ordersn,
    msg_id: readMsgId(envelope.msg_id),
    timestamp: readTimestamp(envelope.timestamp),
    data: content,
    payload: { ...envelope, data: content },
    defect: null,
  }
  return { ...push, defect: defectOf(push) }
}

/**
 * null = none, undefined = not an id. The envelope decides. Partner-level pushes (1, 2) have none there and name their shop in
 * `data`, as `shop_id` or `shopid`; so might a drifting order push. What `data` says is signed as well, but it isn't worth
 * losing a push for: an unreadable id there counts as none.
 */
const readShopId = (envelope: JsonObject, fields: JsonObject): string | null | undefined => {
  if (!isAbsent(envelope.shop_id)) {
    const id = shopIdSchema.safeParse(envelope.shop_id)
    return id.success ? id.data : undefined
  }
  const named = [fields.shop_id, fields.shopid].find((id) => !isAbsent(id))
  const id = shopIdSchema.safeParse(named)
  return id.success ? id.data : null
}

/** null = none, undefined = not an order number. */
const readOrdersn = (fields: JsonObject): string | null | undefined => {
  const named = [fields.ordersn, fields.order_sn].find((ordersn) => !isAbsent(ordersn))
  if (named === undefined) {
    return null
  }
  const ordersn = ordersnSchema.safeParse(named)
  return ordersn.success ? ordersn.data : undefined
}

const readMsgId = (msgId: JsonValue | undefined): string | null =>
  (typeof msgId === "string" || typeof msgId === "number") && msgId !== ""
    ? String(msgId).slice(0, MAX_MSG_ID_LENGTH)
    : null

const readTimestamp = (timestamp: JsonValue | undefined): number | null => {
  const seconds = typeof timestamp === "string" && /^\d+$/.test(timestamp) ? Number(timestamp) : timestamp
  return typeof seconds === "number" && Number.isSafeInteger(seconds) && seconds >= 0 ? seconds : null
}

const defectOf = ({ code, shop_id, ordersn }: ParsedPush): string | null => {
  if (!ORDER_CODES.has(code)) {
    return null
  }
  if (ordersn === null) {
    return `An order push (code ${code}) names no order.`
  }
  return shop_id === null ? `An order push (code ${code}) names no shop.` : null
}

function withoutLeadingZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "")
}
