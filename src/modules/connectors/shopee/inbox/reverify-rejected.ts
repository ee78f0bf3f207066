import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { authenticatePush } from "../webhook/authenticate-push"
import { parsePush } from "../webhook/parse-push"
import { wakeInbox } from "./drain"
import { toIncomingEvent } from "./incoming-event"

/** Twenty an hour for three days, and some more for several processes. */
const MOST_REJECTIONS = 2_000

/**
 * Looks at kept rejected pushes again: once a wrong key or callback URL was corrected, the genuine ones among them are taken in as if
 * they had just come (product paper §3). A rejected row is marked processed when its push was taken in.
 *
 * @returns how many were genuine
 */
export async function reverifyRejectedPushes(container: MedusaContainer): Promise<number> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const config = await service.config()
  if (!config.configured) {
    return 0
  }
  const genuine = (await service.listRejectedPushes(MOST_REJECTIONS))
    .map(({ id, rawBody, signature }) => ({
      id,
      push: { rawBody: Buffer.from(rawBody, "base64"), authorization: signature ?? undefined },
    }))
    .filter(
      ({ push }) =>
        authenticatePush({ ...push, keys: config.pushKeys, callbackUrl: config.webhookUrl ?? undefined }).outcome ===
        "authentic"
    )
  if (genuine.length === 0) {
    return 0
  }
  await service.recordEvents(genuine.map(({ push }) => toIncomingEvent(push, parsePush(push.rawBody))))
  await service.markEventsProcessed(genuine.map(({ id }) => id))
  container
    .resolve(ContainerRegistrationKeys.LOGGER)
    .info(
      `[shopee-inbox] ${genuine.length} pushes that had been rejected fit the configured keys now and were taken in.`
    )
  wakeInbox(container)
  return genuine.length
}
