import { useTranslation } from "react-i18next"
import type { Timestamp } from "../../modules/connectors/shopee/types/desk"
import { distanceText, durationText } from "./durations"

/** Counts and spans of time in the language that the Admin is shown in. */
export function useFigures() {
  const { i18n } = useTranslation()
  const language = i18n.language
  return {
    count: (number: number): string => new Intl.NumberFormat(language).format(number),
    /** How long something took. */
    duration: (ms: number): string => durationText(ms, language),
    /** When something will be, or was, as seen from now. */
    distance: (at: Timestamp): string => distanceText(new Date(at), new Date(), language),
    /** The hour of the day in the reader's time zone, for an axis: "14:00". */
    hour: (at: Timestamp): string =>
      new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(new Date(at)),
    /** The time of the day to the second: "14:03:09". */
    clock: (at: Timestamp): string =>
      new Intl.DateTimeFormat(language, { timeStyle: "medium", hourCycle: "h23" }).format(new Date(at)),
    /** Day and hour in the reader's time zone: "Mon 14:00". */
    dayAndHour: (at: Timestamp): string =>
      new Intl.DateTimeFormat(language, {
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      }).format(new Date(at)),
    /** A day of the calendar (YYYY-MM-DD), short, whatever the reader's time zone is: "23 Nov". */
    calendarDay: (day: string): string =>
      new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day)),
  }
}
