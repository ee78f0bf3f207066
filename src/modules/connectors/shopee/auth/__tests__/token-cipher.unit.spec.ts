import { TokenCipher } from "../token-cipher"
import { TokenUnreadableError } from "../token-errors"

const key = (byte: number) => Buffer.alloc(32, byte)
const SHOP = "7001"

describe("TokenCipher", () => {
  const cipher = new TokenCipher([key(1)])

  it("opens what it sealed and shows nothing of it", () => {
    const sealed = cipher.seal("atk-plain-1", "access_token", SHOP)

    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
    expect(sealed).not.toContain("plain")
    expect(cipher.open(sealed, "access_token", SHOP)).toBe("atk-plain-1")
  })

  it("seals the same token differently each time", () => {
    expect(cipher.seal("t", "access_token", SHOP)).not.toBe(cipher.seal("t", "access_token", SHOP))
  })

  it.each([
    ["another column", "refresh_token", SHOP],
    ["another shop", "access_token", "7002"],
  ] as const)("refuses a token that was moved to %s", (_, column, shopId) => {
    const sealed = cipher.seal("t", "access_token", SHOP)

    expect(() => cipher.open(sealed, column, shopId)).toThrow(TokenUnreadableError)
  })

  it.each([0, 1, 2, 3, 4])("refuses a token whose part %d was changed", (part) => {
    const parts = cipher.seal("token-text", "access_token", SHOP).split(".")
    const text = parts[part] ?? ""
    parts[part] = (text.startsWith("A") ? "B" : "A") + text.slice(1)

    expect(() => cipher.open(parts.join("."), "access_token", SHOP)).toThrow(TokenUnreadableError)
  })

  it.each(["", "plain-token", "v1.a.b", "v1.0.0.0.0.0", "v2.aaaaaaaa.bb.cc.dd"])(
    "refuses %j, which isn't an encrypted token",
    (text) => {
      expect(() => cipher.open(text, "access_token", SHOP)).toThrow(/is not an encrypted token/)
    }
  )

  it("refuses a tag that was cut short", () => {
    const parts = cipher.seal("token-text", "access_token", SHOP).split(".")
    parts[3] = Buffer.from(parts[3] ?? "", "base64url")
      .subarray(0, 4)
      .toString("base64url")

    expect(() => cipher.open(parts.join("."), "access_token", SHOP)).toThrow(TokenUnreadableError)
  })

  it("reads what an older key sealed while it is in the ring, and seals with the first", () => {
    const old = cipher.seal("t", "access_token", SHOP)
    const rotated = new TokenCipher([key(2), key(1)])

    expect(rotated.open(old, "access_token", SHOP)).toBe("t")
    expect(new TokenCipher([key(2)]).open(rotated.seal("u", "access_token", SHOP), "access_token", SHOP)).toBe("u")
  })

  it("says which key is missing, without the token", () => {
    const sealed = cipher.seal("t", "access_token", SHOP)

    expect(() => new TokenCipher([key(2)]).open(sealed, "access_token", SHOP)).toThrow(
      /add that key to SHOPEE_TOKEN_ENCRYPTION_KEY/
    )
  })

  it("does not exist without a key", () => {
    expect(() => new TokenCipher([])).toThrow(/SHOPEE_TOKEN_ENCRYPTION_KEY/)
  })
})
