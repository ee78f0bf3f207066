import { describeSchedule, nextRunAfter } from "../schedule"

const next = (cronUtc: string, after: string) => nextRunAfter({ cronUtc }, new Date(after)).toISOString()

describe("a job's schedule", () => {
  it("is read in UTC, whatever the process's time zone is", () => {
    const zone = process.env.TZ
    try {
      for (const here of ["Asia/Singapore", "America/New_York", "UTC"]) {
        process.env.TZ = here
        expect(next("0 19 * * *", "2026-03-08T18:59:59.999Z")).toBe("2026-03-08T19:00:00.000Z")
        expect(next("0 19 * * *", "2026-03-08T19:00:00.000Z")).toBe("2026-03-09T19:00:00.000Z")
      }
    } finally {
      process.env.TZ = zone
    }
  })

  it("names a time after the one it is asked about, also in the middle of a second", () => {
    expect(next("0 * * * *", "2026-11-25T21:00:00.000Z")).toBe("2026-11-25T22:00:00.000Z")
    expect(next("0 * * * *", "2026-11-25T20:59:59.001Z")).toBe("2026-11-25T21:00:00.000Z")
    expect(nextRunAfter({ everyMs: 90_000 }, new Date(5_000))).toEqual(new Date(95_000))
  })

  it("refuses an expression that is none", () => {
    expect(() => next("every day", "2026-11-25T21:00:00Z")).toThrow()
  })

  it("is described for people", () => {
    expect(describeSchedule({ cronUtc: "0 19 * * *" })).toBe("0 19 * * * UTC")
    expect([15_000, 90_000, 600_000, 7_200_000].map((everyMs) => describeSchedule({ everyMs }))).toEqual([
      "every 15 s",
      "every 90 s",
      "every 10 min",
      "every 2 h",
    ])
  })
})
