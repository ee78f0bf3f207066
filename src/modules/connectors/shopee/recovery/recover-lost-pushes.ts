import type { MedusaContainer } from "@medusajs/framework/types"
import type { JobDefinition, JobReport } from "../../shared/jobs/job-definition"
import { failPoint } from "../../shared/fail-point"
import { ConnectorName } from "../../shared/types/enums"
import type { ShopeeClient } from "../client/shopee-client"
import { wakeInbox } from "../inbox/drain"
import { toLostPushEvent } from "../inbox/incoming-event"
import { whileAskingAsPartner } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import { UNREADABLE_PUSH_CODE } from "../types/enums"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"

const MINUTE_MS = 60_000

/** What a run recovered. */
export interface RecoveredPushes {
  pages: number
  pushes: number
  /** Those that we did not have: the others had come after all, or were stored by a run that could not confirm them. */
  stored: number
  unreadable: number
}

/**
 * Fetches the pushes that Shopee could not deliver in the last three days, of all shops of the app (product §1 row 8): every hour, and
 * at every start, since a platform that was down lost some.
 */
export const lostPushRecovery: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-lost-push-recovery",
  title: "The recovery of lost pushes",
  schedule: { cronUtc: "0 * * * *" },
  runsAtStart: true,
  deadlineMs: 30 * MINUTE_MS,
  overdueAfterMs: 6 * 60 * MINUTE_MS,
  scopes: async (container) =>
    (await container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE).config()).configured ? [""] : [],
  run: async (container, { signal }) => await recover(container, signal),
}

async function recover(container: MedusaContainer, signal: AbortSignal): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await service.config()
  if (!config.configured) {
    return {}
  }
  const client = await service.clientFor(config.shopId)
  const store: LostPushStore = async (events) => {
    const stored = await service.recordEvents(events)
    wakeInbox(container)
    return stored
  }
  return { statistics: { ...(await whileAskingAsPartner(async () => recoverLostPushes(client, store, signal))) } }
}

type LostPushStore = (events: ReturnType<typeof toLostPushEvent>[]) => Promise<string[]>

/**
 * Get → store → confirm, page by page. A confirmation is a watermark over everything up to it, so it is sent only once the whole page
 * is stored; a page that was not confirmed comes again, and its pushes are then duplicates.
 *
 * @param store stores events for good. @returns the ids of those that were new
 * @throws ShopeeCallError, what `store` throws, the signal's reason, and Error when Shopee's pages lead nowhere
 */
export async function recoverLostPushes(
  client: Pick<ShopeeClient, "getLostPushes" | "confirmLostPushes">,
  store: LostPushStore,
  signal: AbortSignal
): Promise<RecoveredPushes> {
  const recovered: RecoveredPushes = { pages: 0, pushes: 0, stored: 0, unreadable: 0 }
  let confirmed: number | null = null
  for (;;) {
    signal.throwIfAborted()
    const page = await client.getLostPushes()
    if (page.messages.length === 0) {
      if (page.more) {
        throw new Error("Shopee says that more pushes were lost, and sends an empty page.")
      }
      return recovered
    }
    const events = page.messages.map(({ raw }) => toLostPushEvent(raw))
    recovered.stored += (await store(events)).length
    failPoint("lost-pushes-stored")
    recovered.pages += 1
    recovered.pushes += events.length
    recovered.unreadable += events.filter(({ eventType }) => eventType === UNREADABLE_PUSH_CODE).length
    if (page.lastMessageId === null) {
      throw new Error("Shopee sent lost pushes without last_message_id: they are stored, but can't be confirmed.")
    }
    if (page.lastMessageId === confirmed) {
      throw new Error("Shopee sends the same lost pushes again after they were confirmed; they are stored.")
    }
    await client.confirmLostPushes(page.lastMessageId)
    confirmed = page.lastMessageId
    if (!page.more) {
      return recovered
    }
  }
}
