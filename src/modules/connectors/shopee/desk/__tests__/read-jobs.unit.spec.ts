import { isOverdue } from "../read-jobs"

const NOW = new Date("2026-11-23T12:00:00Z")
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ago = (ms: number) => new Date(NOW.getTime() - ms)

const judge = (
  times: Partial<Parameters<typeof isOverdue>[0]>,
  { running = false, overdueAfterMs }: { running?: boolean; overdueAfterMs?: number } = {}
) =>
  isOverdue(
    { created_at: ago(100 * HOUR_MS), next_run_at: ago(-HOUR_MS), last_success_at: ago(HOUR_MS), ...times },
    { running, overdueAfterMs, now: NOW }
  )

describe("a job is overdue", () => {
  it("when its last success is longer ago than people are told of", () => {
    expect(judge({ last_success_at: ago(27 * HOUR_MS) }, { overdueAfterMs: 26 * HOUR_MS })).toBe(true)
    expect(judge({ last_success_at: ago(25 * HOUR_MS) }, { overdueAfterMs: 26 * HOUR_MS })).toBe(false)
    expect(judge({ last_success_at: ago(27 * HOUR_MS) })).toBe(false)
  })

  it("when it never succeeded since it was first heard of", () => {
    expect(judge({ last_success_at: null }, { overdueAfterMs: 26 * HOUR_MS })).toBe(true)
    expect(judge({ last_success_at: null, created_at: ago(HOUR_MS) }, { overdueAfterMs: 26 * HOUR_MS })).toBe(false)
  })

  it("when no worker begins it, and not while one is at it", () => {
    expect(judge({ next_run_at: ago(11 * MINUTE_MS) })).toBe(true)
    expect(judge({ next_run_at: ago(9 * MINUTE_MS) })).toBe(false)
    expect(judge({ next_run_at: ago(11 * MINUTE_MS) }, { running: true })).toBe(false)
    expect(judge({ next_run_at: null })).toBe(false)
  })
})
