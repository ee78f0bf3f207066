import { warnOfAuthorizationEnd } from "../authorization-end"

const NOW = new Date("2026-03-01T00:00:00Z")
const inHours = (hours: number) => new Date(NOW.getTime() + hours * 60 * 60_000)
const warn = (endsAt: Date | null) => warnOfAuthorizationEnd("700321", endsAt, NOW)

describe("the end of an authorisation", () => {
  it.each([
    ["8 days before it", inHours(8 * 24), null],
    ["a second before the 7 days", new Date(inHours(7 * 24).getTime() + 1_000), null],
    ["7 days before it", inHours(7 * 24), ["warning", "7d"]],
    ["25 hours before it", inHours(25), ["warning", "7d"]],
    ["a day before it", inHours(24), ["error", "1d"]],
    ["after it", inHours(-1), ["error", "1d"]],
  ])("%s is announced as %3$j", (_, endsAt, expected) => {
    const { due, settled } = warn(endsAt)
    expect(due.map(({ level, subject }) => [level, subject.split(":").at(-1)])).toEqual(expected ? [expected] : [])
    expect(settled).not.toContain(due[0]?.subject)
  })

  it("settles no earlier warning while it comes nearer: an all-clear for that one would be read as one for the shop", () => {
    const subjects = (endsAt: Date | null) => warn(endsAt).settled.map((subject) => subject.split(":").at(-1))
    expect(subjects(inHours(8 * 24)).sort()).toEqual(["1d", "7d"])
    expect(subjects(inHours(7 * 24))).toEqual(["1d"])
    expect(subjects(inHours(24))).toEqual([])
    expect(subjects(inHours(-1))).toEqual([])
  })

  it("says when, and what to do", () => {
    expect(warn(inHours(24)).due).toMatchObject([
      {
        error_class: "token_expired",
        shop_id: "700321",
        error_message:
          "The authorisation of shop 700321 ends at 2026-03-02T00:00:00.000Z; after that no order can be read.",
        details: { expires_at: "2026-03-02T00:00:00.000Z", action: expect.stringContaining("authorise the app again") },
      },
    ])
    expect(warn(inHours(-1)).due[0]?.error_message).toContain("ended at 2026-02-28T23:00:00.000Z")
  })

  it("is not announced when Shopee doesn't say when it is", () => {
    expect(warn(null)).toMatchObject({ due: [], settled: [expect.any(String), expect.any(String)] })
  })
})
