import type { SqlExecutor } from "../../../sql-executor"
import { PushCode } from "../types/enums"

/** What pushes said of an order's returns. */
export interface ReturnHint {
  ordersn: string
  /** Null when a push only said that there is one: a status update of a return after completion names none. */
  returnSn: string | null
  /** When the newest of these pushes was stored. */
  toldAt: Date
}

/** Returns that pushes 29 named, and orders of which a push 3 said that they were returned after completion. Rejected pushes say nothing. */
export async function listReturnHints(sql: SqlExecutor, shopId: string, ordersns: string[]): Promise<ReturnHint[]> {
  if (ordersns.length === 0) {
    return []
  }
  const rows = await sql.execute(
    `SELECT ordersn, CASE WHEN event_type = ? THEN payload->'data'->>'return_sn' END AS return_sn, max(created_at) AS told_at
       FROM shopee_raw_event
      WHERE shop_id = ? AND ordersn = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))
        AND signature_ok IS DISTINCT FROM false AND deleted_at IS NULL
        AND ((event_type = ? AND payload->'data'->>'return_sn' <> '')
          OR (event_type = ? AND payload->'data'->>'completed_scenario' = 'RRAOC'))
      GROUP BY 1, 2`,
    [PushCode.RETURN_UPDATES, shopId, JSON.stringify(ordersns), PushCode.RETURN_UPDATES, PushCode.ORDER_STATUS_UPDATE]
  )
  return (rows as { ordersn: string; return_sn: string | null; told_at: Date | string }[]).map((row) => ({
    ordersn: row.ordersn,
    returnSn: row.return_sn,
    toldAt: new Date(row.told_at),
  }))
}
