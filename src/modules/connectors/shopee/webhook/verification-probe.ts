import { PushCode } from "../types/enums"
import { isUnreadable } from "../types/push"
import { parsePush } from "./parse-push"

/** A probe is a hundred bytes; a forger's body must not cost more than its digest. */
const LARGEST_PROBE_BYTES = 4_096

/**
 * What no body with `code: 0` can do without: the name and a nought behind it, or an escape by number, which can stand for either. Parsing
 * costs more than all else that is done for a forged push.
 */
const PERHAPS_A_PROBE = /"code[\s\\":fnrt]*-?0|\\u/

/** The check that Shopee's console makes when a callback URL is saved: it may come unsigned, since there may be no key yet. */
export const isVerificationProbe = (rawBody: Buffer): boolean => {
  if (rawBody.length > LARGEST_PROBE_BYTES || !PERHAPS_A_PROBE.test(rawBody.toString())) {
    return false
  }
  const reading = parsePush(rawBody)
  return !isUnreadable(reading) && reading.code === PushCode.VERIFY
}
