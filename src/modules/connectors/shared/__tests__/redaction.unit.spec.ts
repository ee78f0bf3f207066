import fc from "fast-check"
import { LONGEST_REDACTED_TEXT, REDACTED, redactSecrets } from "../redaction"

const SECRET = "q7Zp4Kx0vB2m"
const DIGEST = "0f".repeat(32)

describe("redaction strips", () => {
  it.each([
    ["a query's access token", `GET http://127.0.0.1/api/v2/order?partner_id=1&access_token=${SECRET}&shop_id=2`],
    ["a query's signature", `request to /x?sign=${SECRET}&timestamp=1 failed, reason: connect ECONNREFUSED`],
    ["an authorisation code in a callback", `/callback?code=${SECRET}&shop_id=77`],
    ["JSON", `{"refresh_token":"${SECRET}","expire_in":14400}`],
    ["JSON with spaces", `{ "access_token" : "${SECRET}" }`],
    ["JSON that was cut", `{"access_token":"${SECRET}`],
    ["JSON with an escaped quote in the value", `{"access_token":"x\\"${SECRET}"}`],
    ["JSON within JSON", JSON.stringify({ body: JSON.stringify({ code: SECRET, partner_key: SECRET }) })],
    ["a percent-encoded query", `redirect=%2Fcb%3Faccess_token%3D${SECRET}`],
    ["a dump of an object", `{ access_token: '${SECRET}', shop_id: 77 }`],
    ["our own environment", `SHOPEE_PARTNER_KEY=${SECRET} SHOPEE_TOKEN_ENCRYPTION_KEY=${SECRET} JWT_SECRET=${SECRET}`],
    ["a line of YAML", `refresh_token: ${SECRET}`],
    ["an Authorization header", `POST /x\r\nAuthorization: ${SECRET}\r\nHost: localhost`],
    ["an Authorization header with a scheme", `authorization: SHA256 ${SECRET}`],
    ["an Authorization header in a dump", `headers: { authorization: 'Bearer ${SECRET}', host: 'x' }`],
    ["a bearer string", `sent Bearer ${SECRET} to the shop`],
    ["a password in a URL", `connect postgres://medusa:${SECRET}@localhost:5432/medusa failed`],
    ["names in capitals", `ACCESS_TOKEN=${SECRET}; Sign: "${SECRET}"`],
  ])("%s", (_where, text) => {
    const redacted = redactSecrets(text)
    expect(redacted).not.toContain(SECRET)
    expect(redacted).toContain(REDACTED)
  })

  it.each([
    ["bare", DIGEST],
    ["in capitals", DIGEST.toUpperCase()],
    ["behind a prefix", `SHA256 ${DIGEST}`],
    ["longer", `key ${DIGEST}${DIGEST} given`],
  ])("a digest, %s", (_how, text) => {
    expect(redactSecrets(text)).not.toMatch(/0f0f/i)
  })

  it("values of any printable characters in queries and JSON", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_.~%+/=-]{8,80}$/)
    const name = fc.constantFrom("access_token", "refresh_token", "sign", "partner_key")
    fc.assert(
      fc.property(secret, name, (value, key) => {
        expect(redactSecrets(`call ?a=1&${key}=${value}&b=2 failed`)).toBe(`call ?a=1&${key}=${REDACTED}&b=2 failed`)
        expect(redactSecrets(JSON.stringify({ [key]: value, b: 2 }))).toBe(`{"${key}":"${REDACTED}","b":2}`)
      })
    )
  })
})

describe("redaction keeps", () => {
  it.each([
    "order 2409A1: SKU OGN-066A is not in Medusa",
    "connect ECONNREFUSED 127.0.0.1:4100, code=ECONNREFUSED, code: 'ECONNRESET', code=23505",
    '{"code":3,"shop_id":77,"timestamp":1700000000}',
    "the design: sign in again; the code is in the console",
    "request_id f2a678875e669fdbdb4cbc6a9a18b895",
    "https://example.com/x?page=2&encode=utf8",
    "",
  ])("%s", (text) => {
    expect(redactSecrets(text)).toBe(text)
  })
})

describe("redaction of what the database layer says", () => {
  it.each([
    [
      `DriverException: insert into "order_address" ("first_name", "phone") values ('Zephyrine - Ong', '6580000001') - could not extend file: No space left on device`,
      "DriverException: [statement] - could not extend file: No space left on device",
    ],
    [
      `DeadlockException: WITH incoming AS (\n SELECT * FROM jsonb_to_recordset('[{"signature":"ab"}]')) SELECT 1 - deadlock detected`,
      "DeadlockException: [statement] - deadlock detected",
    ],
    [`select "o".* from "customer" where "email" = 'a@b.example' - timeout`, "[statement] - timeout"],
    [`UPDATE shopee_auth_token SET access_token = 'x'`, "[statement]"],
    [`Error: SELECT shop_id, x\n   FROM shopee_auth_token\n  WHERE shop_id = '7' - cut`, "Error: [statement] - cut"],
  ])("leaves the statement and its values out: %s", (text, expected) => {
    expect(redactSecrets(text)).toBe(expected)
  })

  it("takes no sentence for a statement", () => {
    const sentence = "Select a SKU from the list, update the mapping, insert into the sleeve - with care"
    expect(redactSecrets(sentence)).toBe(sentence)
  })
})

describe("redaction of long texts", () => {
  it("answers at most 2,000 characters, and marks the cut", () => {
    const redacted = redactSecrets("word ".repeat(10_000))
    expect(redacted).toHaveLength(LONGEST_REDACTED_TEXT)
    expect(redacted.endsWith("…")).toBe(true)
    expect(redactSecrets("x".repeat(LONGEST_REDACTED_TEXT))).toHaveLength(LONGEST_REDACTED_TEXT)
  })

  it("never lets a part of a secret out where it cuts", () => {
    for (let padding = 16_300; padding < 16_420; padding += 1) {
      const redacted = redactSecrets(`Bearer ${"a".repeat(padding)} ${DIGEST} end`)
      expect(redacted).not.toContain("0f0f0f")
    }
  })

  it.each([
    ["one long word", "a".repeat(2 ** 21)],
    ["quotes", `access_token"`.repeat(100_000)],
    ["unfinished values", `"sign":"`.repeat(200_000)],
    ["underscores", "_".repeat(2 ** 20) + "access"],
    ["schemes", "a://".repeat(300_000)],
    ["spaces", "sign" + " ".repeat(2 ** 20)],
    ["backslashes", `sign${"\\".repeat(2 ** 20)}`],
    ["bearers", "bearer ".repeat(200_000)],
  ])("takes under a second for a megabyte of %s", (_what, text) => {
    const begun = performance.now()
    redactSecrets(text)
    expect(performance.now() - begun).toBeLessThan(15_000)
  })

  it("never throws and never grows a text beyond its cap", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 3_000 }), (text) => {
        expect(redactSecrets(text).length).toBeLessThanOrEqual(LONGEST_REDACTED_TEXT)
      })
    )
  })
})
