import { useTranslation } from "react-i18next"
import type { Amount, Timestamp } from "../../modules/connectors/shopee/types/desk"

const MINUTE_MS = 60_000
const AGE_UNITS = [
  ["day", 24 * 60],
  ["hour", 60],
] as const

/** Money and times in the language that the Admin is shown in. */
export function useFormats() {
  const { i18n } = useTranslation()
  const language = i18n.language
  return {
    /** An amount with its currency, for example S$12.50. */
    money: (amount: Amount, currency: string): string =>
      new Intl.NumberFormat(language, { style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
        Number(amount)
      ),
    /** An amount without its cents, for an axis: S$1,200. */
    roundMoney: (amount: number, currency: string): string =>
      new Intl.NumberFormat(language, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
        maximumFractionDigits: 0,
      }).format(amount),
    /** Day and minute in the reader's time zone. */
    time: (at: Timestamp): string =>
      new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at)),
    /** The second of the day in the reader's time zone. */
    clock: (at: Timestamp): string => new Intl.DateTimeFormat(language, { timeStyle: "medium" }).format(new Date(at)),
    /** How long ago, in its greatest unit: "3 hours ago". */
    age: (at: Timestamp): string => {
      const minutes = Math.max(0, Math.floor((Date.now() - new Date(at).getTime()) / MINUTE_MS))
      const [unit, length] = AGE_UNITS.find(([, most]) => minutes >= most) ?? (["minute", 1] as const)
      return new Intl.RelativeTimeFormat(language, { numeric: "always" }).format(-Math.floor(minutes / length), unit)
    },
    /** The day in the reader's time zone. */
    day: (at: Timestamp): string => new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(new Date(at)),
  }
}
