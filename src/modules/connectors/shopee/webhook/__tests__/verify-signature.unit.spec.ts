import { createHmac } from "node:crypto"
import fc from "fast-check"
import { verifyWebhookSignature } from "../verify-signature"

const KEY = "made-up-push-key-7731"
const URL = "https://cards.example.test/connectors/shopee/webhook"
// Escapes, blanks and a non-ASCII letter: whoever serialises this again signs something else.
const BODY = Buffer.from('{"code":3, "shop_id":90210,"data":{"ordersn":"260301ABCDEF01","note":"caf\\u00e9 \\/ é"}}')

const hmac = (text: Buffer | string, key = KEY) => createHmac("sha256", key).update(text).digest("hex")
const official = (body: Buffer = BODY, url = URL, key = KEY) => hmac(Buffer.concat([Buffer.from(`${url}|`), body]), key)

describe("verifyWebhookSignature", () => {
  it("agrees with digests that were computed outside of this project", () => {
    // printf '%s' 'https://h.test/p|{"code":1}' | openssl dgst -sha256 -hmac k1 ; the same without 'https://h.test/p|'
    const withUrl = "2059e333f3497a35fcd3b6e265d150340ad51dc264abbeb1a956e50701a6ad24"
    const bodyOnly = "9c40ad9f4a6377aecbe3a9da2032fab3a068d3a5984acb42ea4dc0cc781cca27"
    expect(verifyWebhookSignature('{"code":1}', withUrl, "k1", "https://h.test/p")).toBe(true)
    expect(verifyWebhookSignature('{"code":1}', `SHA256 ${bodyOnly}`, "k1")).toBe(true)
  })

  it("accepts the bare digest over callback URL, bar and body", () => {
    expect(verifyWebhookSignature(BODY, official(), KEY, URL)).toBe(true)
    expect(verifyWebhookSignature(BODY.toString("utf8"), official(), KEY, URL)).toBe(true)
    expect(verifyWebhookSignature(BODY, official().toUpperCase(), KEY, URL)).toBe(true)
  })

  it("accepts the official digest after the prefix", () => {
    expect(verifyWebhookSignature(BODY, `SHA256 ${official()}`, KEY, URL)).toBe(true)
  })

  it("accepts the body-only digest with the prefix, with and without a callback URL", () => {
    expect(verifyWebhookSignature(BODY, `SHA256 ${hmac(BODY)}`, KEY)).toBe(true)
    expect(verifyWebhookSignature(BODY, `SHA256 ${hmac(BODY)}`, KEY, URL)).toBe(true)
  })

  it("refuses the body-only digest without the prefix", () => {
    expect(verifyWebhookSignature(BODY, hmac(BODY), KEY)).toBe(false)
    expect(verifyWebhookSignature(BODY, hmac(BODY), KEY, URL)).toBe(false)
  })

  it("refuses the official digest when no callback URL is configured", () => {
    expect(verifyWebhookSignature(BODY, official(), KEY)).toBe(false)
    expect(verifyWebhookSignature(BODY, `SHA256 ${official()}`, KEY, "")).toBe(false)
    // An empty URL must not become the signed text "|body".
    expect(verifyWebhookSignature(BODY, official(BODY, ""), KEY, "")).toBe(false)
  })

  it.each([
    ["another key", official(BODY, URL, "another-key")],
    ["a trailing slash in the URL", official(BODY, `${URL}/`)],
    ["another scheme", official(BODY, URL.replace("https", "http"))],
    ["the re-serialised body", official(Buffer.from(JSON.stringify(JSON.parse(BODY.toString()))))],
    ["no bar between URL and body", hmac(Buffer.concat([Buffer.from(URL), BODY]))],
    ["a digest cut by one", official().slice(0, 63)],
    ["a digest one too long", `${official()}0`],
    ["no hex", "z".repeat(64)],
    ["the prefix in lower case", `sha256 ${official()}`],
    ["two blanks after the prefix", `SHA256  ${official()}`],
    ["a Bearer prefix", `Bearer ${official()}`],
    ["a line feed at the end", `${official()}\n`],
    ["two digests", `${official()}, ${official()}`],
    ["base64", Buffer.from(official(), "hex").toString("base64")],
    ["nothing", ""],
    ["only the prefix", "SHA256 "],
    ["undefined", undefined],
    ["null", null],
  ])("refuses %s", (_name, header) => {
    expect(verifyWebhookSignature(BODY, header, KEY, URL)).toBe(false)
  })

  it("refuses everything when the key is empty, also what was signed with an empty key", () => {
    expect(verifyWebhookSignature(BODY, official(BODY, URL, ""), "", URL)).toBe(false)
    expect(verifyWebhookSignature(BODY, `SHA256 ${hmac(BODY, "")}`, "", URL)).toBe(false)
  })

  it("takes the key as UTF-8 text, not as hex", () => {
    const hexLooking = "00ff00ff00ff00ff"
    expect(verifyWebhookSignature(BODY, official(BODY, URL, hexLooking), hexLooking, URL)).toBe(true)
  })

  it("verifies an empty body and a body of any bytes", () => {
    const bytes = Buffer.from([0x00, 0xff, 0xfe, 0x80, 0x7b])
    expect(verifyWebhookSignature(Buffer.alloc(0), official(Buffer.alloc(0)), KEY, URL)).toBe(true)
    expect(verifyWebhookSignature(bytes, official(bytes), KEY, URL)).toBe(true)
  })

  it("refuses a body of which one bit was changed", () => {
    fc.assert(
      fc.property(fc.nat(BODY.length * 8 - 1), (bit) => {
        const tampered = Buffer.from(BODY)
        tampered[bit >> 3] = (tampered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(verifyWebhookSignature(tampered, official(), KEY, URL)).toBe(false)
        expect(verifyWebhookSignature(tampered, `SHA256 ${hmac(BODY)}`, KEY, URL)).toBe(false)
      })
    )
  })

  it("never throws, whatever the header, key and URL", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), fc.string(), (header, key, url) => {
        expect(verifyWebhookSignature(BODY, header, key, url)).toBe(false)
      })
    )
  })
})
