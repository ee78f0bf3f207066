import { authorizationSubject } from "../../shared/exception-subject"
import { AlertLevel, ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"

const DAY_MS = 24 * 60 * 60_000

/** When people are warned, the latest warning first. */
const WARNINGS = [
  { days: 1, level: AlertLevel.ERROR },
  { days: 7, level: AlertLevel.WARNING },
] as const

/** What warnings of a shop are about. */
const warningSubject = (shopId: string, days: number): string => authorizationSubject(shopId, `${days}d`)

/**
 * Which warnings about the end of a shop's authorisation are due, and which have no ground (any more). One that was given stays open beside
 * the next: both are settled by a new authorisation. Pure.
 *
 * @param endsAt what Shopee says; null = it didn't, and then nothing is known
 */
export function warnOfAuthorizationEnd(
  shopId: string,
  endsAt: Date | null,
  now: Date
): { due: ExceptionFinding[]; settled: string[] } {
  const leftMs = endsAt === null ? Number.POSITIVE_INFINITY : endsAt.getTime() - now.getTime()
  const current = WARNINGS.filter(({ days }) => leftMs <= days * DAY_MS)
  const [latest] = current
  return {
    // A warning that was never given, because nobody looked for a week, isn't given late beside the urgent one.
    due:
      endsAt === null || !latest
        ? []
        : [
            {
              connector: ConnectorName.SHOPEE,
              subject: warningSubject(shopId, latest.days),
              error_class: ErrorClass.TOKEN_EXPIRED,
              level: latest.level,
              error_message:
                leftMs > 0
                  ? `The authorisation of shop ${shopId} ends at ${endsAt.toISOString()}; after that no order can be read.`
                  : `The authorisation of shop ${shopId} ended at ${endsAt.toISOString()}; its orders wait.`,
              shop_id: shopId,
              details: {
                action: "Let the seller authorise the app again before that; nothing stops meanwhile.",
                expires_at: endsAt.toISOString(),
              },
            },
          ],
    settled: WARNINGS.filter((warning) => !current.includes(warning)).map(({ days }) => warningSubject(shopId, days)),
  }
}
