import { createHmac } from "node:crypto"
import { authenticatePush } from "../authenticate-push"

const OLD_KEY = "made-up-old-key"
const NEW_KEY = "made-up-new-key"
const callbackUrl = "https://cards.example.test/connectors/shopee/webhook"
const rawBody = Buffer.from('{"code":3,"data":{"ordersn":"260301ABCDEF02"}}')

const official = (key: string) => createHmac("sha256", key).update(`${callbackUrl}|`).update(rawBody).digest("hex")
const bodyOnly = (key: string) => createHmac("sha256", key).update(rawBody).digest("hex")

describe("authenticatePush", () => {
  it.each([OLD_KEY, NEW_KEY])("accepts either key while a key is being replaced (%s)", (key) => {
    const keys = [NEW_KEY, OLD_KEY]
    expect(authenticatePush({ rawBody, authorization: official(key), keys, callbackUrl })).toEqual({
      outcome: "authentic",
    })
    expect(authenticatePush({ rawBody, authorization: `SHA256 ${bodyOnly(key)}`, keys })).toEqual({
      outcome: "authentic",
    })
  })

  it("rejects a digest of a key that is no longer listed", () => {
    expect(authenticatePush({ rawBody, authorization: official(OLD_KEY), keys: [NEW_KEY], callbackUrl })).toEqual({
      outcome: "rejected",
      reason: "digest_mismatch",
    })
  })

  it.each([undefined, null, ""])("rejects a push without an Authorization header (%p)", (authorization) => {
    expect(authenticatePush({ rawBody, authorization, keys: [NEW_KEY], callbackUrl })).toEqual({
      outcome: "rejected",
      reason: "missing_authorization",
    })
  })

  it("rejects a header of another form, also while no callback URL is configured", () => {
    const authorization = `SHA256 Credential=1, Signature=${official(NEW_KEY)}`
    const rejected = { outcome: "rejected", reason: "malformed_authorization" }
    expect(authenticatePush({ rawBody, authorization, keys: [NEW_KEY], callbackUrl })).toEqual(rejected)
    expect(authenticatePush({ rawBody, authorization, keys: [NEW_KEY] })).toEqual(rejected)
  })

  it.each([undefined, ""])("can't tell from a bare digest while the callback URL is %p", (url) => {
    expect(authenticatePush({ rawBody, authorization: official(NEW_KEY), keys: [NEW_KEY], callbackUrl: url })).toEqual({
      outcome: "unverifiable",
      reason: "no_callback_url",
    })
  })

  it("rejects a prefixed digest that doesn't match, also while no callback URL is configured", () => {
    expect(authenticatePush({ rawBody, authorization: `SHA256 ${bodyOnly("forged")}`, keys: [NEW_KEY] })).toEqual({
      outcome: "rejected",
      reason: "digest_mismatch",
    })
  })

  it.each([[[]], [[""]]])("can't tell without any key (%p)", (keys) => {
    expect(authenticatePush({ rawBody, authorization: official(""), keys, callbackUrl })).toEqual({
      outcome: "unverifiable",
      reason: "no_push_key",
    })
  })
})
