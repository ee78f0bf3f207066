import type { StoredToken } from "../../types/stored-token"
import { TokenCipher } from "../token-cipher"
import { describeTime, describeToken, formatTokenStatus } from "../token-status"

const NOW = Date.UTC(2026, 0, 5, 4)
const cipher = new TokenCipher([Buffer.alloc(32, 1)])
const stored: StoredToken = {
  shopId: "7001",
  sealedAccessToken: cipher.seal("abcdef-access-token-0001", "access_token", "7001"),
  sealedRefreshToken: cipher.seal("ghijkl-refresh-token-0001", "refresh_token", "7001"),
  expireInSeconds: 14_400,
  expiresAtMs: NOW + 14_340_000,
  merchantIds: null,
  shopIds: null,
  supplierIds: null,
  payload: {},
  version: 1,
  authorizedAt: new Date(NOW - 120_000),
  refreshedAt: null,
  msSinceRefresh: null,
  refreshClaimId: null,
  refreshLeaseActive: false,
  refusedAt: null,
  refusedReason: null,
}

describe("describeToken", () => {
  it("says all in aligned lines, and six characters of each token", () => {
    expect(formatTokenStatus(describeToken(stored, cipher, NOW))).toBe(
      [
        "shop           7001",
        "state          authorised",
        "authorised     2026-01-05 11:58:00 SGT (2 min ago)",
        "access token   abcdef…, expires 2026-01-05 15:59:00 SGT (in 3 h 59 min)",
        "refresh token  ghijkl…",
        "last refresh   never",
        "refresh now    idle",
      ].join("\n")
    )
  })

  it("shows nothing of a token that is short", () => {
    const short = { ...stored, sealedRefreshToken: cipher.seal("abcdefgh", "refresh_token", "7001") }

    expect(describeToken(short, cipher, NOW).lines).toContainEqual(["refresh token", "…"])
  })

  it("says that Shopee refused", () => {
    const refused = { ...stored, refusedAt: new Date(NOW - 3_600_000), refusedReason: "refresh_token_expired" }
    const status = describeToken(refused, cipher, NOW)

    expect(status.usable).toBe(false)
    expect(status.lines).toContainEqual([
      "state",
      "refused by Shopee 2026-01-05 11:00:00 SGT (1 h ago): refresh_token_expired",
    ])
  })

  it("says that the tokens can't be read with these keys", () => {
    const status = describeToken(stored, new TokenCipher([Buffer.alloc(32, 2)]), NOW)

    expect(status.usable).toBe(false)
    expect(formatTokenStatus(status)).toMatch(/access token +unreadable: .*SHOPEE_TOKEN_ENCRYPTION_KEY/)
  })

  it.each([
    [{ refreshLeaseActive: true, refreshClaimId: "c" }, "in progress"],
    [{ refreshLeaseActive: true }, "failed a moment ago, tried again shortly"],
    [{ refreshClaimId: "c" }, "idle"],
  ])("tells the refresh state of %j", (change, text) => {
    expect(describeToken({ ...stored, ...change }, cipher, NOW).lines).toContainEqual(["refresh now", text])
  })
})

it("a moment is told in Singapore's time and by its distance", () => {
  expect(describeTime(NOW + 30_000, NOW)).toBe("2026-01-05 12:00:30 SGT (in less than a minute)")
  expect(describeTime(NOW - 30_000, NOW)).toBe("2026-01-05 11:59:30 SGT (just now)")
  expect(describeTime(NOW + 5 * 86_400_000 + 7_200_000 + 60_000, NOW)).toBe("2026-01-10 14:01:00 SGT (in 5 d 2 h)")
})
