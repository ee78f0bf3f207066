import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import { RawEventSource, UNREADABLE_PUSH_CODE } from "../types/enums"
import type { RejectedPush } from "../types/inbox"

/**
 * Keeps a push that could not be authenticated, unless the bound of the last hour is reached: whoever finds the URL must not be
 * able to fill the disk. The bound is exact when the caller holds `lockRejectedPushes`. It carries no identity, so it can't stand in the way of a genuine push, and nothing in it is believed.
 *
 * @returns the id of the row, or null when the bound was reached.
 */
export async function storeRejectedPush(
  sql: SqlExecutor,
  push: RejectedPush,
  maxPerHour: number
): Promise<string | null> {
  const rows = await sql.execute(
    `INSERT INTO shopee_raw_event
       (id, event_type, payload, raw_body, signature, signature_ok, source, processed, created_at, updated_at)
     SELECT ?, ?, '{}'::jsonb, ?, ?, false, ?, false, now(), now()
      WHERE (SELECT count(*) FROM shopee_raw_event
              WHERE signature_ok = false AND deleted_at IS NULL AND created_at > now() - interval '1 hour') < ?
     RETURNING id`,
    [
      generateEntityId(undefined, "srev"),
      UNREADABLE_PUSH_CODE,
      push.rawBody,
      push.signature,
      RawEventSource.WEBHOOK,
      maxPerHour,
    ]
  )
  const [row] = rows as { id: string }[]
  return row?.id ?? null
}
