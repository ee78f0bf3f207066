/** Codes of partner level pushes, which carry no shop_id beside `data`. */
const PARTNER_LEVEL_CODES = new Set([1, 2, 12])
/** Of those, the ones that name the partner. */
const CODES_WITH_PARTNER_ID = new Set([1, 2])

export interface EnvelopeParts {
  code: number
  data: unknown
  shopId: number
  partnerId: number
  /** Epoch seconds. */
  timestamp: number
  /** Absent in pushes as they were before 2025. */
  msgId?: string
}

/** Whether a push of this code concerns one shop, and so names it. */
export function namesShop(code: number): boolean {
  return code !== 0 && !PARTNER_LEVEL_CODES.has(code)
}

/** The text of a push, its fields in the order in which Shopee writes them. */
export function pushEnvelope({ code, data, shopId, partnerId, timestamp, msgId }: EnvelopeParts): string {
  if (code === 0) return JSON.stringify({ code, data })
  return JSON.stringify({
    ...(msgId ? { msg_id: msgId } : {}),
    data,
    ...(namesShop(code) ? { shop_id: shopId } : {}),
    ...(CODES_WITH_PARTNER_ID.has(code) ? { partner_id: partnerId } : {}),
    code,
    timestamp,
  })
}
