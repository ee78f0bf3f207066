import { isSilenceAlarming } from "../push-silence"

describe("a long time without a push", () => {
  it.each([
    ["Shopee changed nothing either", { unknown: 0, known: 0 }, false],
    ["two orders that we have changed in a way that Shopee may not push", { unknown: 0, known: 2 }, false],
    ["three orders that we have changed", { unknown: 0, known: 3 }, true],
    ["there is one order that no push told of", { unknown: 1, known: 0 }, true],
  ])("when %s: alarming = %3$s", (_, changed, expected) => {
    expect(isSilenceAlarming(changed)).toBe(expected)
  })
})
