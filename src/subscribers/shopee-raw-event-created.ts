import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { wakeInbox } from "../modules/connectors/shopee/inbox/drain"
import { RAW_EVENT_CREATED } from "../modules/connectors/shopee/types/events"

/** A hint from another process that something is due. The event itself is not looked at: the inbox knows what to do. */
export default async function onShopeeRawEventCreated({ container }: SubscriberArgs<{ id: string }>): Promise<void> {
  wakeInbox(container)
}

export const config: SubscriberConfig = {
  event: RAW_EVENT_CREATED,
}
