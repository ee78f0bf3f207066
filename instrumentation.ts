import { container } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { readEnvironment } from "./src/config/environment"
import * as connectorAlerts from "./src/jobs/connector-alerts"
import * as connectorJobs from "./src/jobs/connector-jobs"
import * as fetchEscrow from "./src/jobs/shopee-fetch-escrow"
import * as inboxPoll from "./src/jobs/shopee-inbox-poll"
import * as releaseMappedOrders from "./src/jobs/shopee-release-mapped-orders"
import * as reverifyRejected from "./src/jobs/shopee-reverify-rejected"
import { attachLogFields } from "./src/operations/attach-log-fields"
import { tuneCollector } from "./src/operations/collector"
import { JobClock } from "./src/operations/job-clock"
import { OperationsListener } from "./src/operations/operations-listener"
import { stopOnSignal } from "./src/operations/stop-on-signal"

/** Jobs that come back at an interval; what runs at a time of day is a row in the database, and `connector-jobs` looks after it. */
const INTERVAL_JOBS = [connectorAlerts, connectorJobs, fetchEscrow, inboxPoll, releaseMappedOrders, reverifyRejected]

/**
 * Called by Medusa once, before anything is loaded, in every process that serves or works, and in none that ends by itself (`exec`,
 * `db:migrate`). See docs/decisions/0017-health-and-metrics-listener.md.
 */
export function register(): void {
  tuneCollector()
  const { metricsHost, metricsPort, redisUrl, tracesEndpoint, workerMode } = readEnvironment()
  if (tracesEndpoint !== null) {
    // Loaded when it is asked for: OpenTelemetry is some hundred files.
    const { startTracing } = require("./src/tracing/start-tracing") as typeof import("./src/tracing/start-tracing")
    startTracing(tracesEndpoint)
  }
  const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
  if (!attachLogFields(logger)) {
    logger.warn("[operations] Medusa's logger takes no fields: numbers of orders are in the texts of log lines only.")
  }
  const listener = new OperationsListener({ container, host: metricsHost, port: metricsPort, logger })
  void listener.open()
  stopOnSignal(listener, { logger })
  if (redisUrl !== null && workerMode !== "server") {
    new JobClock({ container, logger, jobs: INTERVAL_JOBS }).start()
  }
}
