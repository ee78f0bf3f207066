import type { SqlExecutor } from "../../../sql-executor"

/**
 * Takes the buyers' data from Medusa's orders that ended at Shopee more than `days` ago: name, phone and address of the order and its parcels,
 * the buyer's user name and message, and the name of a customer none of whose orders is younger. What was sold, for how much, to which country and to
 * which buyer id stays: those are the shop's books. An order that somebody works on, or that has an open return, is left for later.
 *
 * On Medusa's own tables, since its modules can't do it: a parcel's address has no method, and all of an order has to go in one statement
 * or not at all.
 *
 * @returns how many orders, at most `limit`
 */
export async function forgetBuyers(
  sql: SqlExecutor,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const rows = await sql.execute(
    `WITH aged AS (
       SELECT sync.id, sync.medusa_order_id FROM shopee_order_sync sync
        WHERE sync.contact_purged_at IS NULL AND sync.deleted_at IS NULL AND sync.medusa_order_id IS NOT NULL
          AND sync.shopee_status IN ('COMPLETED', 'CANCELLED') AND sync.shopee_update_time < now() - ? * interval '1 day'
          AND sync.due_at IS NULL AND sync.claim_id IS NULL AND sync.status = 'created'
          AND NOT EXISTS (
            SELECT 1 FROM shopee_return returned
             WHERE returned.shop_id = sync.shop_id AND returned.ordersn = sync.ordersn AND NOT returned.final
               AND returned.deleted_at IS NULL)
        ORDER BY sync.shopee_update_time, sync.id
        LIMIT ?
        FOR UPDATE OF sync SKIP LOCKED
     ), old_order AS (
       SELECT o.id, o.customer_id, o.shipping_address_id, o.billing_address_id
         FROM "order" o JOIN aged ON aged.medusa_order_id = o.id
     ), forgotten_order AS (
       UPDATE "order" o SET metadata = o.metadata - 'shopee_buyer_username' - 'shopee_message_to_seller', updated_at = now()
         FROM old_order WHERE o.id = old_order.id
     ), forgotten_address AS (
       UPDATE order_address address
          SET first_name = '', last_name = '', address_1 = '', address_2 = NULL, city = '', postal_code = '', province = NULL,
              phone = '', company = NULL, updated_at = now()
         FROM old_order
        WHERE address.id = old_order.shipping_address_id OR address.id = old_order.billing_address_id
     ), forgotten_parcel AS (
       UPDATE fulfillment_address address
          SET first_name = '', last_name = '', address_1 = '', address_2 = NULL, city = '', postal_code = '', province = NULL,
              phone = '', company = NULL, updated_at = now()
         FROM old_order
         JOIN order_fulfillment link ON link.order_id = old_order.id
         JOIN fulfillment ON fulfillment.id = link.fulfillment_id
        WHERE address.id = fulfillment.delivery_address_id
     ), forgotten_customer AS (
       UPDATE customer
          SET first_name = NULL, last_name = NULL, phone = NULL, metadata = customer.metadata - 'shopee_buyer_username',
              updated_at = now()
        WHERE customer.id IN (SELECT customer_id FROM old_order) AND NOT customer.has_account
          AND jsonb_exists(customer.metadata, 'shopee_buyer_user_id')
          AND NOT EXISTS (
            SELECT 1 FROM "order" other
             WHERE other.customer_id = customer.id AND other.deleted_at IS NULL
               AND other.id NOT IN (SELECT id FROM old_order)
               AND NOT EXISTS (
                 SELECT 1 FROM shopee_order_sync sync
                  WHERE sync.medusa_order_id = other.id AND sync.contact_purged_at IS NOT NULL))
     )
     UPDATE shopee_order_sync sync SET contact_purged_at = now(), updated_at = now()
       FROM aged
      WHERE sync.id = aged.id
     RETURNING sync.id`,
    [days, limit]
  )
  return (rows as unknown[]).length
}
