import { parseExpression } from "cron-parser"

/** When a job runs: a cron expression of five fields in UTC, whatever the process's time zone is, or every so often. */
export type JobSchedule = { cronUtc: string } | { everyMs: number }

/**
 * The first time after `after` that the schedule names.
 *
 * @throws Error for an expression that is none
 */
export function nextRunAfter(schedule: JobSchedule, after: Date): Date {
  return "everyMs" in schedule
    ? new Date(after.getTime() + schedule.everyMs)
    : parseExpression(schedule.cronUtc, { currentDate: after, utc: true }).next().toDate()
}

/** The schedule for people: "0 19 * * * UTC", "every 30 s". */
export function describeSchedule(schedule: JobSchedule): string {
  return "everyMs" in schedule ? `every ${describeDuration(schedule.everyMs)}` : `${schedule.cronUtc} UTC`
}

/** A duration in its largest whole unit: "2 h", "90 min", "45 s". */
export function describeDuration(ms: number): string {
  const units: [number, string][] = [
    [3_600_000, "h"],
    [60_000, "min"],
    [1_000, "s"],
  ]
  const [size, unit] = units.find(([size]) => ms >= size && ms % size === 0) ?? [1_000, "s"]
  return `${Math.round(ms / size)} ${unit}`
}
