const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const UNITS = [
  ["day", DAY_MS],
  ["hour", HOUR_MS],
  ["minute", MINUTE_MS],
  ["second", SECOND_MS],
] as const

/** How long something took, in its greatest unit: "340 ms", "1.2 sec", "14 min". Pure. */
export function durationText(ms: number, language: string): string {
  const [unit, length] = UNITS.find(([, least]) => ms >= least) ?? (["millisecond", 1] as const)
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit,
    unitDisplay: unit === "day" ? "long" : "short",
    maximumFractionDigits: length === SECOND_MS ? 1 : 0,
  }).format(ms / length)
}

/** When something will be, or was, as seen from now: "in 300 days", "2 hours ago". Pure. */
export function distanceText(at: Date, now: Date, language: string): string {
  const ms = at.getTime() - now.getTime()
  const [unit, length] = UNITS.find(([, least]) => Math.abs(ms) >= least) ?? (["second", SECOND_MS] as const)
  return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(Math.trunc(ms / length), unit)
}
