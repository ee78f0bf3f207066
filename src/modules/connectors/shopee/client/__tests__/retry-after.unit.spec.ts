import { msUntilQuotaReset, retryAfterMs } from "../retry-after"

const NOW = Date.UTC(2026, 0, 5, 15, 30)

describe("retryAfterMs", () => {
  it.each([
    ["7", 7_000],
    ["Mon, 05 Jan 2026 15:31:00 GMT", 60_000],
    ["Mon, 05 Jan 2026 15:00:00 GMT", 0],
    ["999999999", 86_400_000],
  ])("reads %s", (header, expected) => {
    expect(retryAfterMs(header, NOW)).toBe(expected)
  })

  it.each([undefined, "", "soon"])("has no answer to %s", (header) => {
    expect(retryAfterMs(header, NOW)).toBeNull()
  })
})

it("the daily quota starts anew at midnight in Singapore", () => {
  expect(msUntilQuotaReset(NOW)).toBe(30 * 60_000)
  expect(msUntilQuotaReset(NOW + 30 * 60_000)).toBe(24 * 60 * 60_000)
})
