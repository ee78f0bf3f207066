import type { CallRecord, CallReport } from "./control/reports"

const MAX_RECORDS = 20_000

/** Who called what, and what came of it. */
export class CallLog {
  private records: CallRecord[] = []
  private readonly counts = new Map<string, number>()
  private total = 0

  add(record: CallRecord): void {
    this.total++
    this.counts.set(record.endpoint, (this.counts.get(record.endpoint) ?? 0) + 1)
    this.records.push(record)
    if (this.records.length > 2 * MAX_RECORDS) this.records = this.records.slice(-MAX_RECORDS)
  }

  /** Counts since the last clear, and the newest `last` calls. */
  report(last: number): CallReport {
    return {
      total: this.total,
      by_endpoint: Object.fromEntries(this.counts),
      last: last > 0 ? this.records.slice(-last) : [],
    }
  }

  clear(): void {
    this.records = []
    this.counts.clear()
    this.total = 0
  }
}
