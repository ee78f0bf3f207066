import type { AccessToken } from "../../sdk"
import { TokenCipher } from "../token-cipher"
import { toTokenWrite } from "../token-write"

const NOW = Date.UTC(2026, 0, 5, 4)
const cipher = new TokenCipher([Buffer.alloc(32, 1)])
const issued: AccessToken = {
  access_token: "atk-1",
  refresh_token: "rtk-1",
  expire_in: 14_400,
  request_id: "req-1",
  error: "",
  message: "",
}
const write = (token: AccessToken) => toTokenWrite(token, "7001", cipher, NOW)

describe("toTokenWrite", () => {
  it("gives a token up one minute before Shopee does", () => {
    expect(write(issued)).toMatchObject({ expireInSeconds: 14_400, expiresAtMs: NOW + 14_340_000 })
  })

  it("believes the moment of expiry that comes with the token", () => {
    expect(write({ ...issued, expired_at: NOW + 5_000 }).expiresAtMs).toBe(NOW + 5_000)
  })

  it("reads an expire_in above 1e9 as the moment of expiry, whatever expired_at the SDK made of it", () => {
    const expires = NOW / 1000 + 3_600

    expect(write({ ...issued, expire_in: expires, expired_at: NOW + expires * 1000 })).toMatchObject({
      expireInSeconds: 3_600,
      expiresAtMs: NOW + 3_540_000,
    })
  })

  it("keeps Shopee's answer without any token in it", () => {
    const answer = { ...issued, partner_id: 1, id_token: "idt-1", nested: { access_token: "atk-1" } }

    expect(write(answer).payload).toEqual({
      request_id: "req-1",
      error: "",
      message: "",
      expire_in: 14_400,
      partner_id: 1,
    })
  })

  it.each([
    ["no access token", { access_token: "" }],
    ["no refresh token", { refresh_token: "" }],
    ["no life time", { expire_in: 0 }],
  ])("refuses an answer with %s, without repeating it", (_, change) => {
    expect(() => write({ ...issued, ...change })).toThrow(/^Shopee's answer for shop 7001 is not a pair of tokens/)
  })
})
