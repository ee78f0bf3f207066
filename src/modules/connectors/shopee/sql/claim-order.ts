import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import type { OrderClaim } from "../types/inbox"
import { UNCLAIMED } from "./callable-shop"
import { CLAIM_COLUMNS, type ClaimRow, toOrderClaim } from "./claim-row"

/**
 * Claims one order, due or not, unless another worker holds it. An order without a row (its event was stored past the inbox) gets
 * one that is due, so that it is not forgotten when the claimer dies.
 */
export async function claimOrder(
  sql: SqlExecutor,
  { shopId, ordersn, claimId, leaseMs }: { shopId: string; ordersn: string; claimId: string; leaseMs: number }
): Promise<OrderClaim | null> {
  const rows = await sql.execute(
    `INSERT INTO shopee_order_sync AS sync
            (id, ordersn, shop_id, status, due_at, due_version, attempts, last_raw_event_id, claim_id, lease_until,
             created_at, updated_at)
     VALUES (?, ?, ?, 'pending', now(), 1, 0,
             (SELECT event.id FROM shopee_raw_event event
               WHERE event.ordersn = ? AND event.shop_id = ? AND event.signature_ok IS DISTINCT FROM false
               ORDER BY event.created_at DESC, event.id DESC LIMIT 1),
             ?, now() + ? * interval '1 millisecond', now(), now())
     ON CONFLICT (shop_id, ordersn) DO UPDATE
        SET claim_id = excluded.claim_id, lease_until = excluded.lease_until, updated_at = now()
      WHERE ${UNCLAIMED}
     RETURNING ${CLAIM_COLUMNS}`,
    [generateEntityId(undefined, "sosync"), ordersn, shopId, ordersn, shopId, claimId, leaseMs]
  )
  const [row] = rows as ClaimRow[]
  return row ? toOrderClaim(row) : null
}
