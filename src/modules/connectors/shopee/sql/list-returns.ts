import type { SqlExecutor } from "../../../sql-executor"
import type { KnownReturn, NormalizedReturnItem, ReturnGoods } from "../types/normalized-return"

interface ReturnRow {
  return_sn: string
  ordersn: string
  status: string
  reason: string | null
  refund_amount: string | null
  currency: string | null
  goods: ReturnGoods
  after_completion: boolean
  disputed: boolean
  due_at: Date | string | null
  logistics_status: string | null
  tracking_number: string | null
  items: NormalizedReturnItem[] | null
  requested_at: Date | string | null
  shopee_update_time: Date | string | null
  refund_paid_at: Date | string | null
  fetched_at: Date | string | null
  final: boolean
}

const dateOrNull = (time: Date | string | null): Date | null => (time === null ? null : new Date(time))

/** The returns that are known of these orders of a shop. */
export async function listReturns(sql: SqlExecutor, shopId: string, ordersns: string[]): Promise<KnownReturn[]> {
  if (ordersns.length === 0) {
    return []
  }
  const rows = await sql.execute(
    `SELECT return_sn, ordersn, status, reason, refund_amount::text AS refund_amount, currency, goods, after_completion, disputed,
            due_at, logistics_status, tracking_number, items, requested_at, shopee_update_time, refund_paid_at, fetched_at, final
       FROM shopee_return
      WHERE shop_id = ? AND ordersn = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND deleted_at IS NULL`,
    [shopId, JSON.stringify(ordersns)]
  )
  return (rows as ReturnRow[]).map(({ shopee_update_time, ...row }) => ({
    ...row,
    items: row.items ?? [],
    due_at: dateOrNull(row.due_at),
    requested_at: dateOrNull(row.requested_at),
    refund_paid_at: dateOrNull(row.refund_paid_at),
    // A row that was made by hand may lack both; it is then read once more.
    updated_at: new Date(shopee_update_time ?? 0),
    fetched_at: new Date(row.fetched_at ?? 0),
  }))
}
