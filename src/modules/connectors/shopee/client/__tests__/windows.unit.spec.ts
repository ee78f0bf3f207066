import fc from "fast-check"
import { splitIntoWindows } from "../windows"

const at = (ms: number) => new Date(ms)

describe("windows", () => {
  it("cover the range without a gap, none longer than allowed, each overlapping the one before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        fc.integer({ min: 2, max: 5_000 }),
        fc.integer({ min: 0, max: 1_000 }),
        (from, length, longestMs, overlap) => {
          const overlapMs = overlap % longestMs
          fc.pre(length / (longestMs - overlapMs) < 2_000)
          const windows = splitIntoWindows({ from: at(from), to: at(from + length) }, { longestMs, overlapMs })
          expect(windows[0]?.from).toEqual(at(from))
          expect(windows.at(-1)?.to).toEqual(at(from + length))
          windows.forEach((window, index) => {
            const next = windows[index + 1]
            expect(window.to.getTime() - window.from.getTime()).toBeLessThanOrEqual(longestMs)
            if (next) {
              expect(window.to.getTime() - next.from.getTime()).toBe(overlapMs)
            }
          })
        }
      )
    )
  })

  it("are one for a range that fits, and one for a moment", () => {
    const options = { longestMs: 100, overlapMs: 10 }
    expect(splitIntoWindows({ from: at(0), to: at(100) }, options)).toEqual([{ from: at(0), to: at(100) }])
    expect(splitIntoWindows({ from: at(7), to: at(7) }, options)).toEqual([{ from: at(7), to: at(7) }])
  })

  it("refuse a range that ends before it begins, and an overlap that would never get on", () => {
    expect(() => splitIntoWindows({ from: at(2), to: at(1) }, { longestMs: 100, overlapMs: 0 })).toThrow(RangeError)
    expect(() => splitIntoWindows({ from: at(1), to: at(2) }, { longestMs: 100, overlapMs: 100 })).toThrow(RangeError)
    expect(() => splitIntoWindows({ from: at(NaN), to: at(2) }, { longestMs: 100, overlapMs: 1 })).toThrow(RangeError)
  })
})
