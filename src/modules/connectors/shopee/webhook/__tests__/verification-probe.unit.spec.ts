import fc from "fast-check"
import { isUnreadable } from "../../types/push"
import { parsePush } from "../parse-push"
import { isVerificationProbe } from "../verification-probe"

describe("isVerificationProbe", () => {
  it.each([
    ["as Shopee sends it", '{"code":0,"data":{"verify_info":"Please answer."}}'],
    ["with space", '{ "data" : {} ,\n "code" \t:\n 0 }'],
    ["with the code as text", '{"code":"0","data":{}}'],
    ["with a padded text", '{"code":" \\n\\t00 ","data":{}}'],
    ["with a no-break space", '{"code":"\u00a00","data":{}}'],
    ["with the name escaped", '{"\\u0063ode":0,"data":{}}'],
    ["with the nought escaped", '{"code":"\\u0030","data":{}}'],
    ["with a negative nought", '{"code":-0,"data":{}}'],
    ["with a nought and places", '{"code":0.0,"data":{}}'],
    ["in an envelope", '{"data":"{\\"code\\":0,\\"data\\":{}}"}'],
  ])("knows the check of the URL %s", (_, body) => {
    expect(isVerificationProbe(Buffer.from(body))).toBe(true)
  })

  it.each([
    ["another code", '{"code":3,"data":{"ordersn":"0"}}'],
    ["ten", '{"code":10,"data":{}}'],
    ["a code that only begins with a nought", '{"code":"03","data":{}}'],
    ["no JSON", '"code":0'],
    ["nothing", ""],
    ["one that is padded to 5 kB", `{"code":0,"data":{}}${" ".repeat(5_000)}`],
  ])("takes %s for none", (_, body) => {
    expect(isVerificationProbe(Buffer.from(body))).toBe(false)
  })

  it("never says otherwise than the parser does, which it asks only now and then", () => {
    const code = fc.oneof(fc.constantFrom(0, "0", " 0", "00", -0, 3, "3", 10, null), fc.integer(), fc.string())
    const body = fc.record({ code, data: fc.oneof(fc.object(), fc.record({ code, data: fc.object() })) })
    const text = fc
      .tuple(body, fc.constantFrom(undefined, 1, "\t"))
      .map(([push, space]) => JSON.stringify(push, null, space))
    fc.assert(
      fc.property(text, (json) => {
        const reading = parsePush(json)
        const isProbe = json.length < 4_000 && !isUnreadable(reading) && reading.code === 0
        expect(isVerificationProbe(Buffer.from(json))).toBe(isProbe)
      })
    )
  })
})
