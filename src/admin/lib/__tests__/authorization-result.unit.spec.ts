import { readAuthorizationResult } from "../authorization-result"

const read = (address: string) => readAuthorizationResult(new URLSearchParams(address))

describe("readAuthorizationResult", () => {
  it("tells a success with its shop, and a refusal with its reason and Shopee's code", () => {
    expect(read("authorization=connected&shop=700001")).toEqual({ connected: true, shop: "700001" })
    expect(read("authorization=refused&reason=request")).toEqual({ connected: false, reason: "request", code: "" })
    expect(read("authorization=refused&reason=shopee&code=invalid_code")).toEqual({
      connected: false,
      reason: "shopee",
      code: "invalid_code",
    })
  })

  it("says nothing of an address that somebody made up", () => {
    expect(read("")).toBeNull()
    expect(read("authorization=connected&shop=call%20this%20number")).toBeNull()
    expect(read("authorization=refused&reason=pay%20here")).toBeNull()
    expect(read("authorization=refused&reason=shopee&code=visit%20evil.example")).toMatchObject({ code: "" })
  })
})
