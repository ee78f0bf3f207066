import {
  chooseScript,
  COMMANDS,
  HELP,
  readAuthorizeCall,
  readBackfillCall,
  readRetryCall,
  UsageError,
} from "../commands"

describe("npm run shopee", () => {
  it("explains every command on one screen", () => {
    const lines = HELP.split("\n")
    expect(lines.length).toBeLessThanOrEqual(23)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(82)
    for (const name of COMMANDS.keys()) {
      expect(HELP).toContain(`  ${name}`)
    }
  })

  it.each([[["--help"]], [["help"]], [["retry", "--help"]], [["-h"]]])("answers %j with help", (argv) => {
    expect(chooseScript(argv)).toBeNull()
  })

  it("hands each command's arguments to its script", () => {
    expect(chooseScript(["retry", "all"])).toEqual({ script: "shopee-retry", args: ["all"] })
    expect(chooseScript(["authorize", "4c6f", "700001"])).toEqual({
      script: "shopee-oauth-bootstrap",
      args: ["4c6f", "700001"],
    })
  })

  it.each([
    [[], /^Say what to do: authorize, status, retry, backfill, reconcile/],
    [["recover"], /^There is no command recover: authorize/],
    [["status", "now"], /^status takes no argument/],
    [["reconcile", "2026-11-01"], /^reconcile takes no argument/],
    [["retry"], /^Say what to retry: .*for example: npm run shopee -- retry/],
    [["retry", "all", "twice"], /^Say what to retry/],
    [["retry", "a b"], /^Say what to retry/],
    [["authorize", " "], /^Give the code/],
    [["authorize", "https://shop.test/health?shop_id=1"], /^Give the code/],
    [["authorize", "4c6f", "my-shop"], /^A shop's id at Shopee is digits only/],
    [["backfill"], /^Give the first and the last day/],
    [["backfill", "2026-11-15", "2026-11-01"], /^Give the first and the last day/],
    [["backfill", "2026-02-30", "2026-03-01"], /^Give the first and the last day/],
    [["backfill", "1.11.2026", "15.11.2026"], /^Give the first and the last day/],
    [["backfill", "2026-11-01", "2026-11-15", "x"], /^Give the first and the last day/],
  ])("refuses %j in one line", (argv, text) => {
    expect(() => chooseScript(argv)).toThrow(UsageError)
    expect(() => chooseScript(argv)).toThrow(text)
    expect(() => chooseScript(argv)).not.toThrow(/\n/)
  })

  it("takes the address that Shopee's page leads to for its code and shop", () => {
    expect(readAuthorizeCall(["https://shop.test/health?code=4c6f&shop_id=700321"])).toEqual({
      code: "4c6f",
      shopId: "700321",
    })
    expect(readAuthorizeCall(["https://shop.test/health?code=4c6f&shop_id=700321", "7"])).toMatchObject({ shopId: "7" })
    expect(readAuthorizeCall([])).toEqual({ code: null, shopId: null })
  })

  it("tells exceptions, orders and classes apart", () => {
    expect(readRetryCall(["cex_01M8AQ69Q0"])).toEqual({ kind: "exception", id: "cex_01M8AQ69Q0" })
    expect(readRetryCall(["261123SGYBA9HQ"])).toEqual({ kind: "order", ordersn: "261123SGYBA9HQ" })
    expect(readRetryCall(["sku_not_found"])).toEqual({ kind: "class", errorClass: "sku_not_found" })
    expect(readRetryCall(["unknown"])).toEqual({ kind: "class", errorClass: "unknown" })
    expect(readRetryCall(["all"])).toEqual({ kind: "all" })
  })

  it("reads days as Singapore has them, the last one whole", () => {
    expect(readBackfillCall(["2026-11-01", "2026-11-01"])).toMatchObject({
      from: new Date("2026-10-31T16:00:00Z"),
      to: new Date("2026-11-01T15:59:59Z"),
      shopId: null,
    })
  })
})
