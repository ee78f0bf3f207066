import { distanceText, durationText } from "../durations"

const SECOND_MS = 1_000
const HOUR_MS = 3_600 * SECOND_MS
const DAY_MS = 24 * HOUR_MS
const NOW = new Date("2026-11-23T12:00:00Z")
const after = (ms: number) => new Date(NOW.getTime() + ms)

it.each([
  [0, "0 ms"],
  [340, "340 ms"],
  [1_240, "1.2 sec"],
  [14 * 60 * SECOND_MS + 4, "14 min"],
  [3 * HOUR_MS, "3 hr"],
  [2 * DAY_MS, "2 days"],
])("%d ms are said as %s", (ms, text) => {
  expect(durationText(ms, "en")).toBe(text)
})

it.each([
  [300 * DAY_MS, "in 300 days"],
  [DAY_MS, "tomorrow"],
  [-2 * HOUR_MS - 5, "2 hours ago"],
  [-5 * SECOND_MS, "5 seconds ago"],
  [0, "now"],
])("what is %d ms away is said as %s", (ms, text) => {
  expect(distanceText(after(ms), NOW, "en")).toBe(text)
})
