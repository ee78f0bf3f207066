import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"

/** Notes that a person wants to authorise a shop, and forgets wishes that nobody can fulfil any more. @returns when it expires */
export async function openAuthorizationRequest(
  sql: SqlExecutor,
  { stateHash, userId, lifeMs }: { stateHash: string; userId: string; lifeMs: number }
): Promise<Date> {
  const rows = await sql.execute(
    `WITH forgotten AS (
       DELETE FROM shopee_authorization_request WHERE expires_at < now() - interval '1 day'
     )
     INSERT INTO shopee_authorization_request (id, state_hash, user_id, expires_at, created_at, updated_at)
     VALUES (?, ?, ?, now() + ? * interval '1 millisecond', now(), now())
     RETURNING expires_at`,
    [generateEntityId(undefined, "sareq"), stateHash, userId, lifeMs]
  )
  const [row] = rows as { expires_at: Date }[]
  if (!row) {
    throw new Error("The authorisation request was not stored.")
  }
  return row.expires_at
}
