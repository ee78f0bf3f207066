import { gridlinesUpTo, runsOf } from "../chart-scale"

describe("gridlines", () => {
  it.each([
    [7, [0, 2, 4, 6, 8]],
    [100, [0, 25, 50, 75, 100]],
    [1_234.5, [0, 500, 1_000, 1_500]],
    [0.3, [0, 0.1, 0.2, 0.3]],
  ])("reach %d in few round steps", (greatest, lines) => {
    expect(gridlinesUpTo(greatest)).toEqual(lines)
  })

  it("stand at whole numbers for what is counted", () => {
    expect(gridlinesUpTo(1, true)).toEqual([0, 1])
    expect(gridlinesUpTo(9, true)).toEqual([0, 5, 10])
    expect(gridlinesUpTo(0, true)).toEqual([0, 1])
  })

  it("are at 0 alone when there is nothing", () => {
    expect(gridlinesUpTo(0)).toEqual([0])
  })
})

describe("runs", () => {
  it("break where nothing is known", () => {
    expect(runsOf([null, 1, 2, null, null, 0, null, 3])).toEqual([[1, 2], [5], [7]])
    expect(runsOf([null, null])).toEqual([])
  })
})
