import { readEnvironment } from "../../../../config/environment"
import type { JobDefinition, JobReport } from "../../shared/jobs/job-definition"
import { ConnectorName } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"

const MINUTE_MS = 60_000
/** Rows of one statement: a few hundred milliseconds, in which nothing that pushes need is locked. */
export const PURGE_BATCH = 1_000

/**
 * Takes buyers' data from all that is older than RAW_DATA_RETENTION_DAYS: raw pushes and settlements lose their contents, and Medusa's orders that
 * ended before that their buyer's name, address and message.
 */
export const purgeRawData: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-purge-raw-data",
  title: "The purge of old raw data",
  // 04:30 in Singapore, after the nightly comparisons.
  schedule: { cronUtc: "30 20 * * *" },
  deadlineMs: 30 * MINUTE_MS,
  overdueAfterMs: 50 * 60 * MINUTE_MS,
  run: async (container, { signal }) =>
    await purge(container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE), signal),
}

async function purge(service: ShopeeConnectorService, signal: AbortSignal): Promise<JobReport> {
  const batch = { days: readEnvironment().rawDataRetentionDays, limit: PURGE_BATCH }
  const events = await inBatches(signal, async () => await service.purgeRawEvents(batch))
  const escrows = await inBatches(signal, async () => await service.purgeEscrows(batch))
  const orders = await inBatches(signal, async () => await service.forgetBuyers(batch))
  const addresses = await inBatches(signal, async () => await service.purgeReplacedAddresses(batch))
  return { statistics: { events, escrows, orders, addresses } }
}

/** Purges until a batch is not full. */
async function inBatches(signal: AbortSignal, purgeBatch: () => Promise<number>): Promise<number> {
  let purged = 0
  for (;;) {
    signal.throwIfAborted()
    const count = await purgeBatch()
    purged += count
    if (count < PURGE_BATCH) {
      return purged
    }
  }
}
