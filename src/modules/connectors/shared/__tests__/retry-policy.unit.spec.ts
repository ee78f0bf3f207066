import fc from "fast-check"
import { ALL_CLEAR_CLASSES, FAILURE_POLICY, fullJitterDelayMs, nextAttempt } from "../retry-policy"
import { ErrorClass } from "../types/enums"

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const retried = Object.values(ErrorClass).filter((errorClass) => FAILURE_POLICY[errorClass].disposition === "retry")
const others = Object.values(ErrorClass).filter((errorClass) => FAILURE_POLICY[errorClass].disposition !== "retry")
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe("the failure policy", () => {
  it("says for every class what happens", () => {
    const dispositions = Object.fromEntries(
      Object.values(ErrorClass).map((errorClass) => [errorClass, FAILURE_POLICY[errorClass].disposition])
    )
    expect(dispositions).toEqual({
      sku_not_found: "hold",
      ambiguous_sku: "hold",
      normalization_failed: "hold",
      retry_exhausted: "hold",
      token_expired: "hold",
      medusa_workflow_failed: "retry",
      sdk_transient: "retry",
      escrow_fetch_failed: "retry",
      return_fetch_failed: "retry",
      unknown: "retry",
      oversold: "report",
      escrow_mismatch: "report",
      cancelled_after_shipping: "report",
      pieces_cancelled_after_shipping: "report",
      parcel_mismatch: "report",
      return_needs_attention: "report",
      signature_mismatch: "report",
      settlement_overdue: "report",
      settlement_short: "report",
      job_failed: "retry",
      job_overdue: "retry",
      notice: "report",
      push_unhealthy: "report",
      push_silent: "report",
    })
  })

  it("tells the operator of every class what to do, in one sentence, at once", () => {
    for (const policy of Object.values(FAILURE_POLICY)) {
      expect(policy.alert).toBe(true)
      expect(policy.action).toMatch(/^[A-Z][^.]{20,}\.( [A-Z][^.]+\.)?$/)
      expect(policy.action.length).toBeLessThanOrEqual(160)
    }
  })
})

describe("an all-clear", () => {
  it("is due for what stops everything, and for no single order", () => {
    expect([...ALL_CLEAR_CLASSES].sort()).toEqual([
      "job_failed",
      "job_overdue",
      "push_silent",
      "push_unhealthy",
      "sdk_transient",
      "token_expired",
    ])
  })
})

describe("the backoff", () => {
  it.each([
    [1, 5 * SECOND],
    [2, 10 * SECOND],
    [3, 20 * SECOND],
    [9, 1_280 * SECOND],
    [10, 30 * MINUTE],
    [1_000_000, 30 * MINUTE],
  ])("after failure %i waits between 1 s and %i ms", (attempts, ceiling) => {
    expect(fullJitterDelayMs(attempts, () => 0)).toBe(SECOND)
    expect(fullJitterDelayMs(attempts, () => 0.999_999_999)).toBe(ceiling)
  })

  it("stays between 1 s and 30 min for any attempt and chance", () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 2 ** 31 }), chance, (attempts, drawn) => {
        const delay = fullJitterDelayMs(attempts, () => drawn)
        expect(Number.isInteger(delay)).toBe(true)
        expect(delay).toBeGreaterThanOrEqual(SECOND)
        expect(delay).toBeLessThanOrEqual(30 * MINUTE)
      })
    )
  })
})

describe("retrying", () => {
  it("goes on for at least 72 h and ends within 72 h and one backoff, whatever chance says", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...retried),
        fc.array(chance, { minLength: 1, maxLength: 20 }),
        (errorClass, draws) => {
          const begun = new Date("2026-01-31T23:59:00Z")
          let now = begun.getTime()
          let attempts = 1
          for (;;) {
            // A floor of 0.05 keeps the number of simulated attempts small; the bounds are another test's.
            const drawn = Math.max(0.05, draws[attempts % draws.length] ?? 0)
            const next = nextAttempt(errorClass, attempts, begun, new Date(now), () => drawn)
            if ("exhausted" in next) {
              break
            }
            now += next.retryInMs
            attempts += 1
          }
          expect(now - begun.getTime()).toBeGreaterThanOrEqual(72 * HOUR)
          expect(now - begun.getTime()).toBeLessThanOrEqual(72 * HOUR + 30 * MINUTE)
        }
      ),
      { numRuns: 40 }
    )
  })

  it("is spread over its window by chance: two orders that failed together meet again hardly ever", () => {
    const begun = new Date("2026-01-01T00:00:00Z")
    const schedule = (seed: number) => {
      // Mulberry32: a chance that is the same in every run of this test.
      let state = seed
      const random = () => {
        state = (state + 0x6d2b79f5) | 0
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
      }
      const seconds: number[] = []
      for (let now = begun.getTime(), attempts = 1; ; attempts += 1) {
        const next = nextAttempt(ErrorClass.UNKNOWN, attempts, begun, new Date(now), random)
        if ("exhausted" in next) {
          return seconds
        }
        now += next.retryInMs
        seconds.push(Math.floor((now - begun.getTime()) / SECOND))
      }
    }
    const [one, other] = [schedule(1), schedule(2)]

    expect(one.length).toBeGreaterThan(200)
    expect(one.at(-1)).toBeGreaterThanOrEqual((72 * HOUR) / SECOND)
    const together = one.filter((second) => other.includes(second)).length
    expect(together).toBeLessThan(one.length / 20)
  })

  it("does not depend on the number of attempts alone: many quick failures don't exhaust it", () => {
    const begun = new Date("2026-01-01T00:00:00Z")
    expect(nextAttempt(ErrorClass.UNKNOWN, 10_000, begun, new Date("2026-01-03T23:59:59Z"), () => 0.5)).toHaveProperty(
      "retryInMs"
    )
    expect(nextAttempt(ErrorClass.UNKNOWN, 1, begun, new Date("2026-01-04T00:00:00Z"), () => 0.5)).toEqual({
      exhausted: true,
    })
  })

  it.each(others)("never happens for %s", (errorClass) => {
    const now = new Date()
    expect(nextAttempt(errorClass, 1, now, now, () => 0.5)).toEqual({ exhausted: true })
  })
})
