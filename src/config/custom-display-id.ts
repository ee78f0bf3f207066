/** What the rule below needs to know of an order that is about to be created. */
interface OrderBeingCreated {
  metadata?: Record<string, unknown> | null
}

/**
 * The visible id of a Shopee order in Medusa: `SHP-<order_sn>`. Medusa keeps it unique in the database, which is what makes a second
 * Medusa order of one Shopee order impossible. Shopee's order_sn is unique across shops, so the shop id is not part of it.
 */
export function shopeeDisplayId(ordersn: string): string {
  return `SHP-${ordersn}`
}

/**
 * The order module's `generateCustomDisplayId`: Medusa overwrites a `custom_display_id` in the input, so the id has to come from
 * here. Orders of other channels get none.
 */
export async function customDisplayIdOf(order: OrderBeingCreated): Promise<string | undefined> {
  const ordersn = order.metadata?.shopee_ordersn
  return typeof ordersn === "string" && ordersn !== "" ? shopeeDisplayId(ordersn) : undefined
}
