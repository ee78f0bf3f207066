import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { releaseMappedOrders } from "../modules/connectors/shopee/inbox/release-mapped-orders"

/** A variant was added or got another SKU: orders that waited for it can go through. */
export default async function onVariantAppeared({ container }: SubscriberArgs<{ id: string }>): Promise<void> {
  await releaseMappedOrders(container)
}

export const config: SubscriberConfig = {
  event: ["product.created", "product.updated", "product-variant.created", "product-variant.updated"],
}
