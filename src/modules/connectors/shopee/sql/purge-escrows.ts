import type { SqlExecutor } from "../../../sql-executor"

/**
 * Takes Shopee's whole answer (it names the buyer and how the buyer paid) from settlements that were fetched more than `days` ago. The
 * amounts have columns of their own and stay.
 *
 * @returns how many, at most `limit`
 */
export async function purgeEscrows(
  sql: SqlExecutor,
  { days, limit }: { days: number; limit: number }
): Promise<number> {
  const rows = await sql.execute(
    `WITH aged AS (
       SELECT id FROM shopee_escrow
        WHERE purged_at IS NULL AND deleted_at IS NULL AND fetched_at < now() - ? * interval '1 day'
        ORDER BY fetched_at, id
        LIMIT ?
        FOR UPDATE SKIP LOCKED
     )
     UPDATE shopee_escrow escrow SET raw_escrow_payload = '{}'::jsonb, purged_at = now(), updated_at = now()
       FROM aged
      WHERE escrow.id = aged.id
     RETURNING escrow.id`,
    [days, limit]
  )
  return (rows as unknown[]).length
}
