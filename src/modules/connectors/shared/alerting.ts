import { allowedDetails } from "./exception-details"
import { redactSecrets } from "./redaction"
import { FAILURE_POLICY } from "./retry-policy"
import { alertPayloadSchema, type AlertPayload } from "./types/alert"
import { AlertLevel, ErrorClass, ExceptionStatus } from "./types/enums"
import type { AlertableException } from "./types/exception"

/** n8n answers in milliseconds; one that doesn't must not hold the outbox up. */
export const ALERT_DEADLINE_MS = 5_000

const NOTHING_TO_DO = "There is nothing to do any more."

/** Where alerts go, read when it is asked for; null when it isn't set. */
export function alertWebhookUrl(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.SHOPEE_ALERT_WEBHOOK_URL?.trim() || null
}

/**
 * Posts an alert as JSON to `SHOPEE_ALERT_WEBHOOK_URL`. Never throws: an alert that doesn't go out leaves a warning line that
 * starts with `[connector-alert]` (product §2). Alerts of exceptions go through the outbox instead
 * (`ConnectorExceptionService.postDueAlerts`), which tries again.
 */
export async function publishConnectorAlert(payload: AlertPayload): Promise<void> {
  await deliverConnectorAlert(payload)
}

/**
 * Posts an alert and says whether it needs no further try; never throws and settles within 5 s.
 *
 * Without a webhook URL the answer is true as well: the warning line is then all there is to deliver, and trying again would
 * write it for ever. Whoever sets the URL later sees the open exceptions in the Admin.
 */
export async function deliverConnectorAlert(payload: AlertPayload): Promise<boolean> {
  const url = alertWebhookUrl()
  if (!url) {
    warn("SHOPEE_ALERT_WEBHOOK_URL is not set", payload)
    return true
  }
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(withoutSecrets(alertPayloadSchema.parse(payload))),
      // fetch turns a redirected POST into a GET, which n8n would answer without an alert.
      redirect: "manual",
      signal: AbortSignal.timeout(ALERT_DEADLINE_MS),
    })
    // Nobody reads the answer; not reading it would keep its connection.
    await response.body?.cancel()
    if (!response.ok) {
      warn(`the webhook answered HTTP ${response.status}`, payload)
    }
    return response.ok
  } catch (error) {
    warn(reasonOf(error), payload)
    return false
  }
}

/** Where the Admin shows an exception; null while `ADMIN_URL` is not set. */
export function exceptionLink(id: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const admin = env.ADMIN_URL?.trim().replace(/\/+$/, "")
  return admin ? `${admin}/connectors/exceptions?id=${encodeURIComponent(id)}` : null
}

/**
 * The alert of an exception: allow-listed fields only, without secrets; what it means (`details.meaning`), what to do (`details.action`)
 * and where the Admin shows it (`details.link`). One that is settled, before its alert went out or since, says so in its first word, has
 * level `resolved`, and asks for nothing.
 */
export function toAlertPayload(exception: AlertableException): AlertPayload {
  const isOpen = isStillTrue(exception)
  const message = redactSecrets(exception.error_message)
  const policy = FAILURE_POLICY[exception.error_class]
  const link = exceptionLink(exception.id)
  const details = {
    action: policy.action,
    ...allowedDetails(exception.details),
    ...(link !== null && { link }),
  }
  return alertPayloadSchema.parse({
    connector: exception.connector,
    error_class: exception.error_class,
    level: isOpen ? levelOf(exception) : AlertLevel.RESOLVED,
    message: isOpen ? message : `Settled: ${message}`,
    exception_id: exception.id,
    ordersn: exception.ordersn ?? undefined,
    shop_id: exception.shop_id ?? undefined,
    raw_event_id: exception.raw_event_id ?? undefined,
    occurred_at: new Date(exception.created_at).toISOString(),
    details: isOpen ? { ...details, meaning: policy.meaning } : { ...details, action: NOTHING_TO_DO },
  })
}

/** A notice is stored as settled, and is no less true for it. */
const isStillTrue = ({ status, error_class }: AlertableException): boolean =>
  status === ExceptionStatus.OPEN || error_class === ErrorClass.NOTICE

/** The column is text that anyone with the Admin's API can write: an odd level must not keep the alert in. */
function levelOf({ level, error_class }: AlertableException): AlertLevel {
  return Object.values(AlertLevel).find((known) => known === level) ?? FAILURE_POLICY[error_class].level
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === "string") {
    return redactSecrets(value)
  }
  if (Array.isArray(value)) {
    return value.map(withoutSecrets)
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutSecrets(entry)]))
  }
  return value
}

/** Neither the URL (it is a secret of n8n's) nor the error's own text, which may quote it. */
function reasonOf(error: unknown): string {
  const name = textProperty(error, "name")
  if (name === "TimeoutError") {
    return `the webhook did not answer within ${ALERT_DEADLINE_MS / 1000} s`
  }
  if (name === "ZodError") {
    return "the alert is not a valid payload"
  }
  // Node's fetch hides the reason: "fetch failed", with the socket's error as its cause.
  const cause = typeof error === "object" && error !== null && "cause" in error ? error.cause : error
  return `the alert could not be posted (${textProperty(cause, "code") ?? name ?? "no reason given"})`
}

function textProperty(value: unknown, key: string): string | undefined {
  const property: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined
  return typeof property === "string" ? property : undefined
}

function warn(reason: string, { connector, error_class, ordersn, exception_id, message }: AlertPayload): void {
  const subject = ordersn ? ` order ${ordersn}` : ""
  const line = `${reason}: ${connector} ${error_class}${subject} (${exception_id}): ${redactSecrets(String(message))}`
  console.warn(`[connector-alert] ${line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")}`)
}
