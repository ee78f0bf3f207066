import type { PushAttempt, PushRecord, PushReport } from "../control/reports"

/** Older records are forgotten beyond this, so that a long benchmark doesn't fill the memory. */
const MAX_RECORDS = 50_000
const MAX_LATENCIES = 200_000

/** What became of every push, with counts and latencies. */
export class PushJournal {
  private records: PushRecord[] = []
  private latencies: number[] = []
  private counts = { published: 0, delivered: 0, lost: 0, not_sent: 0, attempts: 0, failed_attempts: 0 }
  private nextId = 1

  open(push: Omit<PushRecord, "id" | "attempts">): PushRecord {
    const record: PushRecord = { id: this.nextId++, ...push, attempts: [] }
    this.records.push(record)
    if (this.records.length > 2 * MAX_RECORDS) this.records = this.records.slice(-MAX_RECORDS)
    this.counts.published++
    if (push.state === "not-sent") this.counts.not_sent++
    return record
  }

  attempted(record: PushRecord, attempt: PushAttempt): void {
    record.attempts.push(attempt)
    this.counts.attempts++
    if (!attempt.ok) this.counts.failed_attempts++
    if (attempt.status !== null && this.latencies.length < MAX_LATENCIES) this.latencies.push(attempt.latency_ms)
  }

  /** The end of a push that was on its way. */
  close(record: PushRecord, state: "delivered" | "lost" | "not-sent"): void {
    record.state = state
    if (state === "not-sent") this.counts.not_sent++
    else this.counts[state]++
  }

  statistics(): PushReport["statistics"] {
    const sorted = [...this.latencies].sort((a, b) => a - b)
    const { published, delivered, lost, not_sent } = this.counts
    return {
      ...this.counts,
      pending: published - delivered - lost - not_sent,
      latency_p50_ms: percentile(sorted, 0.5),
      latency_p99_ms: percentile(sorted, 0.99),
    }
  }

  /** The newest records that match, oldest first. */
  newest(limit: number, matches: (record: PushRecord) => boolean): PushRecord[] {
    return this.records.filter(matches).slice(-limit)
  }

  clear(): void {
    this.records = []
    this.latencies = []
    this.counts = { published: 0, delivered: 0, lost: 0, not_sent: 0, attempts: 0, failed_attempts: 0 }
  }
}

function percentile(sorted: number[], fraction: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))]
  return value === undefined ? 0 : Math.round(value * 10) / 10
}
