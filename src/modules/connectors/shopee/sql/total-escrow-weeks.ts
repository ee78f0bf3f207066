import type { SqlExecutor } from "../../../sql-executor"

/** Released escrows of one week and currency. Amounts are decimal text. */
export interface EscrowWeekSums {
  week: string
  currency: string
  count: number
  escrow_amount: string
  payout_amount: string
}

/**
 * Released escrows by the week of their release, oldest first: the last `weeks` weeks, the one at hand included, each whole. Weeks begin
 * on Monday in Singapore: that is how the shop's books and Shopee's payouts run. A payout that Shopee has not named counts as the escrow.
 */
export async function totalEscrowWeeks(sql: SqlExecutor, weeks: number): Promise<EscrowWeekSums[]> {
  const rows = await sql.execute(
    `SELECT to_char(monday, 'YYYY-MM-DD') AS week, currency, count, escrow_amount::text, payout_amount::text
       FROM (
         SELECT date_trunc('week', escrow_release_time AT TIME ZONE 'Asia/Singapore') AS monday, currency, count(*)::int AS count,
                sum(escrow_amount) AS escrow_amount, sum(coalesce(payout_amount, escrow_amount)) AS payout_amount
           FROM shopee_escrow
          WHERE escrow_release_time >= (
                  date_trunc('week', now() AT TIME ZONE 'Asia/Singapore') - (?::int - 1) * interval '1 week'
                ) AT TIME ZONE 'Asia/Singapore'
            AND deleted_at IS NULL
          GROUP BY 1, 2
       ) weeks
      ORDER BY monday, currency`,
    [weeks]
  )
  return rows as EscrowWeekSums[]
}
