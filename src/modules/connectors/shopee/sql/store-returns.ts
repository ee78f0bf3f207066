import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import { ShopeeReturnStatus } from "../types/enums"
import type { KnownReturn } from "../types/normalized-return"

const COLUMNS = [
  "ordersn",
  "status",
  "reason",
  "refund_amount",
  "raw_refund_amount",
  "currency",
  "goods",
  "after_completion",
  "disputed",
  "due_at",
  "logistics_status",
  "tracking_number",
  "items",
  "requested_at",
  "shopee_update_time",
  "final",
]

/**
 * Stores what was read of returns, one row each. An answer that is older than what is there changes nothing but the time of reading: Shopee's
 * reads may lag behind its pushes. That the buyer was paid stays.
 */
export async function storeReturns(
  sql: SqlExecutor,
  shopId: string,
  returns: Omit<KnownReturn, "refund_paid_at">[]
): Promise<void> {
  if (returns.length === 0) {
    return
  }
  const rows = returns.map(({ updated_at, ...known }) => ({
    ...known,
    id: generateEntityId(undefined, "sret"),
    shopee_update_time: updated_at,
    raw_refund_amount: known.refund_amount === null ? null : { value: known.refund_amount, precision: 20 },
  }))
  await sql.execute(
    `INSERT INTO shopee_return (id, return_sn, shop_id, ${COLUMNS.join(", ")}, fetched_at, refund_paid_at, created_at, updated_at)
     SELECT id, return_sn, ?, ${COLUMNS.join(", ")}, fetched_at, CASE WHEN status = ? THEN fetched_at END, now(), now()
       FROM jsonb_to_recordset(?::jsonb) AS r(
         id text, return_sn text, ordersn text, status text, reason text, refund_amount numeric, raw_refund_amount jsonb, currency text,
         goods text, after_completion boolean, disputed boolean, due_at timestamptz, logistics_status text, tracking_number text,
         items jsonb, requested_at timestamptz, shopee_update_time timestamptz, fetched_at timestamptz, final boolean)
      ORDER BY return_sn
     ON CONFLICT (shop_id, return_sn) DO UPDATE
        SET ${COLUMNS.map(
          (column) =>
            `${column} = CASE WHEN shopee_return.shopee_update_time > excluded.shopee_update_time
                              THEN shopee_return.${column} ELSE excluded.${column} END`
        ).join(", ")},
            fetched_at = excluded.fetched_at,
            refund_paid_at = COALESCE(shopee_return.refund_paid_at, excluded.refund_paid_at),
            deleted_at = NULL, updated_at = now()`,
    [shopId, ShopeeReturnStatus.REFUND_PAID, JSON.stringify(rows)]
  )
}
