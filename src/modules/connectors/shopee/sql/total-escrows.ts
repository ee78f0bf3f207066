import type { SqlExecutor } from "../../../sql-executor"
import { escrowCondition, type EscrowFilter } from "./escrow-filter"
import { IS_LATE } from "./escrow-row"

/** Sums of one currency. Amounts are decimal text, null where there is nothing to sum. */
export interface EscrowSums {
  currency: string
  count: number
  escrow_amount: string
  released_count: number
  released_escrow: string | null
  released_payout: string | null
  provisional_count: number
  provisional_escrow: string | null
  late_count: number
  late_escrow: string | null
  difference: string | null
}

/** Sums over every escrow that a filter lets through, by currency. */
export async function totalEscrows(sql: SqlExecutor, filter: EscrowFilter): Promise<EscrowSums[]> {
  const condition = escrowCondition(filter)
  const released = "FILTER (WHERE escrow.escrow_release_time IS NOT NULL)"
  const provisional = "FILTER (WHERE escrow.escrow_release_time IS NULL)"
  const late = `FILTER (WHERE ${IS_LATE})`
  const rows = await sql.execute(
    `SELECT escrow.currency, count(*)::int AS count, sum(escrow.escrow_amount)::text AS escrow_amount,
            count(*) ${released}::int AS released_count, (sum(escrow.escrow_amount) ${released})::text AS released_escrow,
            (sum(escrow.payout_amount) ${released})::text AS released_payout,
            count(*) ${provisional}::int AS provisional_count,
            (sum(escrow.escrow_amount) ${provisional})::text AS provisional_escrow,
            count(*) ${late}::int AS late_count, (sum(escrow.escrow_amount) ${late})::text AS late_escrow,
            (sum(escrow.payout_amount - escrow.escrow_amount) ${released})::text AS difference
       FROM shopee_escrow escrow
      WHERE ${condition.text}
      GROUP BY escrow.currency
      ORDER BY escrow.currency`,
    condition.params
  )
  return rows as EscrowSums[]
}
