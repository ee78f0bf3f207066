import { PUSH_SUBSCRIPTION_SUBJECTS } from "../../shared/exception-subject"
import { AlertLevel, ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import type { AppPushConfig } from "../client/shopee-client"
import type { PushSubscriptionState } from "../types/desk"
import { PushCode } from "../types/enums"

/** What orders need: status, tracking numbers, the end of authorisations, returns. */
const NEEDED = [PushCode.ORDER_STATUS_UPDATE, PushCode.TRACKING_NO, PushCode.AUTH_EXPIRY, PushCode.RETURN_UPDATES]

/** Shopee reports the subscription of these; of newer pushes it says nothing when they are on (Shopee reference §2.5). */
const LAST_REPORTED_CODE = 13

/** What is wrong with how Shopee sends us pushes, and what is right. */
export interface SubscriptionVerdict {
  problems: ExceptionFinding[]
  /** Subjects that nothing is wrong with. A warning is none of them while what it warned of lasts. */
  healthy: string[]
}

/**
 * Judges what Shopee says about our push subscription. Pure.
 *
 * @param webhookUrl the callback URL that signatures are checked against; null = not configured, and then not compared
 */
export function judgeSubscription(
  config: AppPushConfig,
  { webhookUrl, shopId }: { webhookUrl: string | null; shopId: string }
): SubscriptionVerdict {
  const found = [statusProblem(config), addressProblem(config, webhookUrl), codesProblem(config, shopId)].flatMap(
    (problem) => problem ?? []
  )
  const bad = new Set(found.map(({ subject }) => subject))
  if (bad.has(PUSH_SUBSCRIPTION_SUBJECTS.status)) {
    // What was warned of has come about: an all-clear for the warning beside it would be read as one for the pushes.
    bad.add(PUSH_SUBSCRIPTION_SUBJECTS.warning)
  }
  return {
    problems: found,
    healthy: Object.values(PUSH_SUBSCRIPTION_SUBJECTS).filter((subject) => !bad.has(subject)),
  }
}

const problem = (
  subject: string,
  error_message: string,
  rest: Partial<Pick<ExceptionFinding, "details" | "level">> = {}
): ExceptionFinding => ({
  connector: ConnectorName.SHOPEE,
  subject,
  error_class: ErrorClass.PUSH_UNHEALTHY,
  error_message,
  ...rest,
})

function statusProblem({ livePushStatus, suspendedAt }: AppPushConfig): ExceptionFinding | null {
  switch (livePushStatus?.toLowerCase()) {
    case "suspended":
      return problem(
        PUSH_SUBSCRIPTION_SUBJECTS.status,
        `Shopee suspended the push subscription${suspendedAt ? ` at ${suspendedAt.toISOString()}` : ""}: what happens meanwhile is never pushed again.`,
        {
          details: {
            status: livePushStatus,
            action:
              "Find out why pushes failed (is the platform reachable?), then save the callback URL again in Shopee's console.",
          },
        }
      )
    case "warning":
      return problem(
        PUSH_SUBSCRIPTION_SUBJECTS.warning,
        "Shopee warns that too many pushes fail; below 30 % success it suspends the subscription.",
        {
          level: AlertLevel.WARNING,
          details: {
            status: livePushStatus,
            action: "Find out why pushes fail before Shopee suspends them: is the platform slow, or away at times?",
          },
        }
      )
    default:
      return null
  }
}

function addressProblem({ callbackUrl }: AppPushConfig, webhookUrl: string | null): ExceptionFinding | null {
  if (!callbackUrl) {
    return problem(
      PUSH_SUBSCRIPTION_SUBJECTS.address,
      "No callback URL is saved in Shopee's console: no push is sent.",
      {
        details: { expected: webhookUrl, action: "Save the callback URL of this platform in Shopee's console." },
      }
    )
  }
  if (webhookUrl === null || callbackUrl === webhookUrl) {
    return null
  }
  return problem(
    PUSH_SUBSCRIPTION_SUBJECTS.address,
    `Shopee sends pushes to ${callbackUrl}, but SHOPEE_WEBHOOK_URL is ${webhookUrl}. It is part of what is signed, to the last slash.`,
    {
      details: {
        found: callbackUrl,
        expected: webhookUrl,
        action: "Make the callback URL in Shopee's console and SHOPEE_WEBHOOK_URL the same text.",
      },
    }
  )
}

/** The pushes that orders need, and whether the app is subscribed to them. Pure. */
export function subscriptionOf({ codesOn, codesOff }: AppPushConfig): PushSubscriptionState[] {
  const stateOf = (code: PushCode): boolean | null => {
    if (codesOff?.includes(code)) {
      return false
    }
    if (codesOn?.includes(code)) {
      return true
    }
    return code <= LAST_REPORTED_CODE && codesOn !== null ? false : null
  }
  return NEEDED.map((code) => ({ code, on: stateOf(code) }))
}

function codesProblem(config: AppPushConfig, shopId: string): ExceptionFinding | null {
  const { blockedShopIds } = config
  const missing = subscriptionOf(config)
    .filter(({ on }) => on === false)
    .map(({ code }) => code)
  const isBlocked = blockedShopIds?.includes(shopId) ?? false
  if (missing.length === 0 && !isBlocked) {
    return null
  }
  const reasons = [
    ...(missing.length > 0 ? [`pushes ${missing.join(", ")} are not subscribed`] : []),
    ...(isBlocked ? [`shop ${shopId} is on the list of shops without pushes`] : []),
  ]
  return problem(PUSH_SUBSCRIPTION_SUBJECTS.codes, `In Shopee's console ${reasons.join(" and ")}.`, {
    details: {
      missing: missing.map(String),
      action: "Subscribe to the pushes 3, 4, 12 and 29 in Shopee's console, for this shop as well.",
    },
  })
}
