import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { authorizationSubject, eventSubject } from "../../shared/exception-subject"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { ExceptionFinding } from "../../shared/types/exception"
import type ShopeeConnectorService from "../service"
import { PushCode, UNREADABLE_PUSH_CODE } from "../types/enums"
import type { PendingEvent } from "../types/inbox"

const EVENTS_A_RUN = 100

const finding = (event: PendingEvent, errorClass: ErrorClass, message: string): ExceptionFinding => ({
  connector: ConnectorName.SHOPEE,
  subject: eventSubject(event.id),
  error_class: errorClass,
  error_message: message,
  raw_event_id: event.id,
  shop_id: event.shopId,
  details: { push_code: event.eventType },
})

/** About an authorisation that will end or has: one exception for all that announces it, settled by the next authorisation. */
const authorizationFinding = (event: PendingEvent, message: string): ExceptionFinding => ({
  ...finding(event, ErrorClass.TOKEN_EXPIRED, message),
  subject: authorizationSubject(event.shopId ?? "", "announced"),
})

const shopOf = (event: PendingEvent): string => (event.shopId === null ? "a shop" : `shop ${event.shopId}`)

/** The end of an authorisation that push 12 announces, in seconds since 1970. */
function expiryOf(event: PendingEvent): string {
  const body = event.payload["data"]
  const seconds =
    typeof body === "object" && body !== null && "expire_before" in body ? Number(body.expire_before) : NaN
  return Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1000).toISOString() : "soon"
}

/** What a person has to be told about an event that concerns no order; null when nothing. */
function toFinding(event: PendingEvent): ExceptionFinding | null {
  switch (event.eventType) {
    case UNREADABLE_PUSH_CODE:
      return finding(
        event,
        ErrorClass.NORMALIZATION_FAILED,
        "Shopee sent a push that can't be read. Its bytes are kept in the raw event."
      )
    case PushCode.ORDER_STATUS_UPDATE:
    case PushCode.TRACKING_NO:
      return finding(
        event,
        ErrorClass.NORMALIZATION_FAILED,
        `Shopee sent a push about an order (code ${event.eventType}) that does not say which one.`
      )
    case PushCode.SHOP_DEAUTHORIZED:
      return authorizationFinding(event, `The authorisation of ${shopOf(event)} was withdrawn on Shopee.`)
    case PushCode.AUTH_EXPIRY:
      return authorizationFinding(
        event,
        `Shopee announces that authorisations end before ${expiryOf(event)}. Authorise the shop again before that.`
      )
    default:
      return null
  }
}

/** Handles events that concern no order: what a person has to know becomes an exception, the rest is only marked. */
export async function handleEvents(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  events: PendingEvent[]
): Promise<void> {
  const findings = events.flatMap((event) => toFinding(event) ?? [])
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).raiseExceptions(findings)
  await service.markEventsProcessed(events.map(({ id }) => id))
}

/** Handles all stored events that concern no order. */
export async function handlePendingEvents(container: MedusaContainer, service: ShopeeConnectorService): Promise<void> {
  for (;;) {
    const events = await service.listPendingEvents(EVENTS_A_RUN)
    if (events.length === 0) {
      return
    }
    await handleEvents(container, service, events)
  }
}
