import type { SqlExecutor } from "../../../sql-executor"

/** Spends the wish of a person to authorise a shop. @returns false for one that is unknown, spent, too old, or somebody else's */
export async function spendAuthorizationRequest(
  sql: SqlExecutor,
  { stateHash, userId }: { stateHash: string; userId: string }
): Promise<boolean> {
  const rows = await sql.execute(
    `UPDATE shopee_authorization_request
        SET used_at = now(), updated_at = now()
      WHERE state_hash = ? AND user_id = ? AND used_at IS NULL AND expires_at > now() AND deleted_at IS NULL
     RETURNING id`,
    [stateHash, userId]
  )
  return (rows as unknown[]).length > 0
}
