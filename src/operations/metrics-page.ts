import type { MedusaContainer } from "@medusajs/framework/types"
import { Gauge, Registry } from "prom-client"
import { CONNECTOR_SHARED_MODULE } from "../modules/connectors/shared"
import type ConnectorExceptionService from "../modules/connectors/shared/service"
import { ConnectorName, ErrorClass } from "../modules/connectors/shared/types/enums"
import type { ExceptionLevels } from "../modules/connectors/shared/types/exception"
import { SHOPEE_CONNECTOR_MODULE } from "../modules/connectors/shopee"
import type ShopeeConnectorService from "../modules/connectors/shopee/service"
import type { AuthorizationLife, InboxLevels } from "../modules/connectors/shopee/types/metrics"
import { withinDeadline } from "./within-deadline"

/** Prometheus gives up after 10 s by default. */
const DATABASE_DEADLINE_MS = 5_000

const JOB_SUCCESS = "connector_job_last_success_timestamp_seconds"

/**
 * The page that Prometheus reads: what `processRegistry` and the connector count in this process, and what the database knows at this
 * moment. Without a database it has the former only, and `tcg_database_up` is 0.
 */
export async function renderMetrics(container: MedusaContainer, processRegistry: Registry): Promise<string> {
  const known = { allowUnregistered: true }
  const shopee = container.resolve<ShopeeConnectorService | undefined>(SHOPEE_CONNECTOR_MODULE, known)
  const exceptions = container.resolve<ConnectorExceptionService | undefined>(CONNECTOR_SHARED_MODULE, known)
  const pages = [processRegistry, ...(shopee ? [shopee.metrics.registry] : [])]
  if (shopee && exceptions) {
    pages.push(await measure(shopee, exceptions))
  }
  return (await Promise.all(pages.map(async (registry) => await registry.metrics()))).join("\n")
}

/** The gauges of this moment. Their registry is thrown away with the page, so that nothing of yesterday stays on it. */
async function measure(shopee: ShopeeConnectorService, exceptions: ConnectorExceptionService): Promise<Registry> {
  const page = new GaugePage()
  try {
    const [config, inbox, authorizations, levels, jobs] = await withinDeadline(
      Promise.all([
        shopee.config(),
        shopee.measureInbox(),
        shopee.measureAuthorizations(),
        exceptions.measureExceptions(),
        exceptions.listJobSuccesses(),
      ]),
      DATABASE_DEADLINE_MS
    )
    page.set("tcg_database_up", "1 = the database answers", 1)
    page.set("shopee_configured", "1 = the Shopee variables are set", config.configured ? 1 : 0)
    addInbox(page, inbox)
    addAuthorizations(page, authorizations)
    addExceptions(page, levels)
    for (const { connector, name, scope, lastSuccessAt } of jobs) {
      const labels = { connector, job: name, scope }
      page.set(JOB_SUCCESS, "When a job last succeeded", lastSuccessAt.getTime() / 1000, labels)
    }
  } catch {
    // Why is what /ready says; here a page without gauges is what makes a monitor look.
    page.set("tcg_database_up", "1 = the database answers", 0)
  }
  return page.registry
}

/** Sets gauges by name. */
class GaugePage {
  readonly registry = new Registry()
  private readonly gauges = new Map<string, Gauge>()

  set(name: string, help: string, value: number, labels: Record<string, string> = {}): void {
    const gauge =
      this.gauges.get(name) ?? new Gauge({ name, help, labelNames: Object.keys(labels), registers: [this.registry] })
    this.gauges.set(name, gauge)
    gauge.set(labels, value)
  }
}

function addInbox(page: GaugePage, inbox: InboxLevels): void {
  const { due, claimed, backingOff, held } = inbox
  for (const [state, count] of Object.entries({ due, claimed, backing_off: backingOff, held })) {
    page.set("shopee_inbox_orders", "Orders in the inbox, by what they wait for", count, { state })
  }
  page.set("shopee_inbox_oldest_due_seconds", "How long the longest waiting order is due", inbox.oldestDueSeconds)
  page.set("shopee_inbox_pending_events", "Events about no order that are not handled yet", inbox.pendingEvents)
  page.set("shopee_inbox_escrows", "Escrows that are to be fetched", inbox.escrows)
}

function addAuthorizations(page: GaugePage, authorizations: AuthorizationLife[]): void {
  for (const { shopId, accessTokenSeconds, authorizationSeconds, refused, paused } of authorizations) {
    const labels = { shop_id: shopId }
    page.set("shopee_access_token_expiry_seconds", "Until the access token ends", accessTokenSeconds, labels)
    if (authorizationSeconds !== null) {
      page.set("shopee_authorization_expiry_seconds", "Until the authorisation ends", authorizationSeconds, labels)
    }
    page.set("shopee_authorization_refused", "1 = Shopee refuses the authorisation", refused ? 1 : 0, labels)
    page.set("shopee_shop_paused", "1 = an outage or a rate limit pauses the shop's calls", paused ? 1 : 0, labels)
  }
}

function addExceptions(page: GaugePage, levels: ExceptionLevels[]): void {
  // A class without exceptions is 0 and not absent: a rule that watches one must see it fall.
  const none = Object.values(ErrorClass).map((errorClass) => ({
    connector: ConnectorName.SHOPEE,
    errorClass,
    open: 0,
    alertsOwed: 0,
    oldestOwedSeconds: 0,
  }))
  for (const { connector, errorClass, open, alertsOwed } of [...none, ...levels]) {
    const labels = { connector, error_class: errorClass }
    page.set("connector_exceptions_open", "Exceptions that are open", open, labels)
    page.set("connector_alerts_owed", "Alerts that have not gone out", alertsOwed, labels)
  }
  const oldest = Math.max(0, ...levels.map(({ oldestOwedSeconds }) => oldestOwedSeconds))
  page.set("connector_alerts_oldest_owed_seconds", "How long the oldest alert has not gone out", oldest)
}
