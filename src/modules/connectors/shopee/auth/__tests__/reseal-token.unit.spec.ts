import { resealToken } from "../reseal-token"
import { TokenCipher } from "../token-cipher"
import { TokenUnreadableError } from "../token-errors"
import { toTokenWrite } from "../token-write"
import { MemoryTokenStore } from "./memory-token-store"

const SHOP = "700321"
const [OLD, NEW] = [Buffer.alloc(32, "old"), Buffer.alloc(32, "new")]
const pair = {
  access_token: "access-token-of-the-shop",
  refresh_token: "refresh-token-of-the-shop",
  expire_in: 14_400,
  request_id: "",
  error: "",
  message: "",
}

describe("a stored pair after the key was rotated", () => {
  let store: MemoryTokenStore
  const stored = async () => {
    const token = await store.readAuthToken(SHOP)
    if (!token) {
      throw new Error("There is no token.")
    }
    return token
  }

  beforeEach(async () => {
    store = new MemoryTokenStore()
    await store.storeAuthorization(toTokenWrite(pair, SHOP, new TokenCipher([OLD]), Date.now()))
  })

  it("is encrypted anew, stays the same version, and needs the old key no more", async () => {
    expect(await resealToken(store, await stored(), new TokenCipher([NEW, OLD]))).toBe(true)
    const after = await stored()
    const cipher = new TokenCipher([NEW])
    expect(after.version).toBe(1)
    expect(cipher.open(after.sealedAccessToken, "access_token", SHOP)).toBe(pair.access_token)
    expect(cipher.open(after.sealedRefreshToken, "refresh_token", SHOP)).toBe(pair.refresh_token)
    expect(await resealToken(store, after, new TokenCipher([NEW, OLD]))).toBe(false)
  })

  it("is left alone while the key is the same, and when another pair was stored meanwhile", async () => {
    const before = await stored()
    expect(await resealToken(store, before, new TokenCipher([OLD, NEW]))).toBe(false)
    await store.storeAuthorization(toTokenWrite(pair, SHOP, new TokenCipher([NEW]), Date.now()))
    const newer = await stored()
    expect(await resealToken(store, before, new TokenCipher([NEW, OLD]))).toBe(false)
    expect(await stored()).toEqual({ ...newer, msSinceRefresh: null })
  })

  it("is not touched when its key is gone: that is an error that names the key", async () => {
    await expect(resealToken(store, await stored(), new TokenCipher([NEW]))).rejects.toThrow(TokenUnreadableError)
  })
})
