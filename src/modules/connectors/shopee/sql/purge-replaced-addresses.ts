import type { SqlExecutor } from "../../../sql-executor"

/**
 * Removes addresses that are older than `days` and that no order has any more: Medusa keeps the address that an order had before a change as
 * a row that nothing names.
 *
 * @returns how many, at most `limit`
 */
export async function purgeReplacedAddresses(
  sql: SqlExecutor,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const rows = await sql.execute(
    `DELETE FROM order_address
      WHERE id IN (
        SELECT address.id FROM order_address address
         WHERE address.created_at < now() - ? * interval '1 day'
           AND NOT EXISTS (
             SELECT 1 FROM "order" o WHERE o.shipping_address_id = address.id OR o.billing_address_id = address.id)
         LIMIT ?
         FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [days, limit]
  )
  return (rows as unknown[]).length
}
