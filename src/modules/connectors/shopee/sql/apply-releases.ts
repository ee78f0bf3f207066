import type { SqlExecutor } from "../../../sql-executor"
import type { AppliedReleases, EscrowRelease } from "../types/escrow"

/**
 * Writes release times and payouts to the escrows of a shop. Orders must not repeat within a call. Applying the same list again changes
 * nothing; an entry without a payout leaves one that is known.
 */
export async function applyReleases(
  sql: SqlExecutor,
  shopId: string,
  releases: EscrowRelease[]
): Promise<AppliedReleases> {
  if (releases.length === 0) {
    return { newlyReleased: [], missing: [] }
  }
  const rows = releases.map(({ ordersn, releasedAt, payoutAmount }) => ({
    ordersn,
    released_at: releasedAt.toISOString(),
    payout_amount: payoutAmount,
  }))
  const applied = (await sql.execute(
    `WITH released AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS r(ordersn text, released_at timestamptz, payout_amount numeric)
     ), held AS (
       SELECT escrow.id, escrow.ordersn, escrow.escrow_release_time FROM shopee_escrow escrow
         JOIN released ON released.ordersn = escrow.ordersn
        WHERE escrow.shop_id = ? AND escrow.deleted_at IS NULL
        ORDER BY escrow.ordersn
        FOR UPDATE OF escrow
     ), written AS (
       UPDATE shopee_escrow escrow
          SET escrow_release_time = released.released_at,
              payout_amount = COALESCE(released.payout_amount, escrow.payout_amount),
              raw_payout_amount = CASE WHEN released.payout_amount IS NULL THEN escrow.raw_payout_amount
                ELSE jsonb_build_object('value', released.payout_amount::text, 'precision', 20) END,
              updated_at = now()
         FROM held JOIN released ON released.ordersn = held.ordersn
        WHERE escrow.id = held.id
          AND (escrow.escrow_release_time IS DISTINCT FROM released.released_at
               OR escrow.payout_amount IS DISTINCT FROM COALESCE(released.payout_amount, escrow.payout_amount))
     )
     SELECT released.ordersn, held.id IS NULL AS missing, held.escrow_release_time IS NULL AS was_provisional
       FROM released LEFT JOIN held ON held.ordersn = released.ordersn`,
    [JSON.stringify(rows), shopId]
  )) as { ordersn: string; missing: boolean; was_provisional: boolean }[]
  return {
    newlyReleased: applied.filter((row) => !row.missing && row.was_provisional).map(({ ordersn }) => ordersn),
    missing: applied.filter((row) => row.missing).map(({ ordersn }) => ordersn),
  }
}
