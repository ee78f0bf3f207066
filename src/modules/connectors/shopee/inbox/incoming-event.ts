import { PushCode, RawEventSource, UNREADABLE_PUSH_CODE } from "../types/enums"
import type { IncomingEvent } from "../types/inbox"
import { isJsonObject } from "../types/json"
import { isUnreadable, type ParsedPush, type PushReading } from "../types/push"
import { eventIdentity, unreadableIdentity } from "../webhook/event-identity"
import { unwrapLostPush } from "../webhook/parse-push"
import type { ReceivedPush } from "./receive-push"

/** The order's `update_time` that a push about its status carries, in seconds since 1970; other pushes carry none. */
function updateTimeOf({ code, data }: ParsedPush): Date | null {
  if (code !== PushCode.ORDER_STATUS_UPDATE || !isJsonObject(data)) {
    return null
  }
  const { update_time: told } = data
  const seconds = typeof told === "string" && /^\d+$/.test(told) ? Number(told) : told
  return typeof seconds === "number" && seconds > 0 ? new Date(seconds * 1000) : null
}

/**
 * The event of an authentic push. One that can't be read, or that is about an order without saying which, is stored all the
 * same: its bytes are kept, and the inbox turns it into an exception.
 */
export function toIncomingEvent({ rawBody, authorization }: ReceivedPush, reading: PushReading): IncomingEvent {
  return {
    ...readEvent(rawBody, reading),
    signature: authorization ?? null,
    signatureOk: true,
    source: RawEventSource.WEBHOOK,
  }
}

/**
 * The event of an entry of Shopee's list of lost pushes, whatever it is: equal to that of the push itself where it can be read, and
 * kept as it came where it can't.
 */
export function toLostPushEvent(entry: unknown): IncomingEvent {
  return {
    ...readEvent(bytesOf(entry), unwrapLostPush(entry)),
    signature: null,
    signatureOk: null,
    source: RawEventSource.POLL,
  }
}

/** The push's own bytes, which are the text of the entry's `data`; else the entry as JSON. */
function bytesOf(entry: unknown): Buffer {
  const content: unknown = typeof entry === "object" && entry !== null && "data" in entry ? entry.data : undefined
  return Buffer.from(typeof content === "string" ? content : (JSON.stringify(entry) ?? ""))
}

function readEvent(rawBody: Buffer, reading: PushReading): Omit<IncomingEvent, "signature" | "signatureOk" | "source"> {
  if (isUnreadable(reading)) {
    return {
      rawBody: rawBody.toString("base64"),
      eventType: UNREADABLE_PUSH_CODE,
      shopeeEventId: null,
      shopId: null,
      ordersn: null,
      payload: {},
      identity: unreadableIdentity(rawBody),
    }
  }
  return {
    rawBody: rawBody.toString("base64"),
    eventType: reading.code,
    shopeeEventId: reading.msg_id,
    shopId: reading.shop_id,
    // Without a shop no order can be due; such an event is handled as one that concerns none.
    ordersn: reading.defect === null && reading.shop_id !== null ? reading.ordersn : null,
    payload: reading.payload,
    updateTime: updateTimeOf(reading),
    identity: eventIdentity(reading),
  }
}
