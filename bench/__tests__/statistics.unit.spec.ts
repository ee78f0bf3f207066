import { quantile, ratiosOf, spreadOf } from "../statistics"

describe("statistics of rounds", () => {
  it("the median of an even number of values is between the two in the middle", () => {
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 })
    expect(spreadOf([7])).toEqual({ median: 7, min: 7, max: 7 })
  })

  it("a quantile is the smallest value that the share doesn't exceed", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect([0.5, 0.95, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([50, 95, 99, 100])
  })

  it("ratios are made round by round, and only of as many rounds on both sides", () => {
    expect(ratiosOf([10, 30], [5, 10])).toEqual([2, 3])
    expect(() => ratiosOf([1], [])).toThrow("1 rounds can't be compared with 0")
  })
})
