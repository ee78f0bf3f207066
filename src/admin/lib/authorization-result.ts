const REASONS = ["answer", "request", "configuration", "shopee"] as const

/** How an authorisation ended, as the settings' address tells it. */
export type AuthorizationResult =
  | { connected: true; shop: string }
  /** `code`: Shopee's error code, "" when there is none. */
  | { connected: false; reason: (typeof REASONS)[number]; code: string }

/** Reads it off the address. Only words that are known, numbers and codes: anybody can make up an address. Pure. */
export function readAuthorizationResult(address: URLSearchParams): AuthorizationResult | null {
  const outcome = address.get("authorization")
  const shop = address.get("shop") ?? ""
  if (outcome === "connected" && /^\d{1,15}$/.test(shop)) {
    return { connected: true, shop }
  }
  const reason = REASONS.find((known) => known === address.get("reason"))
  if (outcome !== "refused" || reason === undefined) {
    return null
  }
  const code = address.get("code") ?? ""
  return { connected: false, reason, code: /^[\w().-]{1,60}$/.test(code) ? code : "" }
}
