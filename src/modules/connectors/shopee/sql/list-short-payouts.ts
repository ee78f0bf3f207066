import type { SqlExecutor } from "../../../sql-executor"
import type { ShortPayout } from "../types/escrow"

/**
 * Released escrows of a shop whose payout is below what the settlement says. A negative adjustment lessens what is due; a positive one is
 * paid on its own and doesn't raise it.
 */
export async function listShortPayouts(sql: SqlExecutor, shopId: string): Promise<ShortPayout[]> {
  const rows = (await sql.execute(
    `SELECT ordersn, currency, payout_amount::text AS paid,
            (escrow_amount + least(0, coalesce(adjustment_amount, 0)))::text AS expected,
            (escrow_amount + least(0, coalesce(adjustment_amount, 0)) - payout_amount)::text AS short
       FROM shopee_escrow
      WHERE shop_id = ? AND deleted_at IS NULL AND escrow_release_time IS NOT NULL
        AND payout_amount < escrow_amount + least(0, coalesce(adjustment_amount, 0))
      ORDER BY ordersn`,
    [shopId]
  )) as { ordersn: string; currency: string; paid: string; expected: string; short: string }[]
  return rows.map(({ ordersn, currency, paid, expected, short }) => ({ ordersn, currency, paid, expected, short }))
}
