import type { SqlExecutor } from "../../../sql-executor"
import { orderCondition, type OrderFilter } from "./order-filter"
import { searchFence } from "./search-fence"

/** How a list of orders is sorted. */
export type OrderSort = "created_at" | "shopee_update_time"

/** An order with what its list shows of its escrow. Amounts are decimal text. */
export interface ListedOrder {
  ordersn: string
  shop_id: string
  shopee_status: string | null
  shopee_update_time: Date | null
  status: string
  medusa_order_id: string | null
  attempts: number
  first_failed_at: Date | null
  due_at: Date | null
  waiting_skus: string[] | null
  created_at: Date
  updated_at: Date
  escrow_amount: string | null
  payout_amount: string | null
  currency: string | null
  escrow_release_time: Date | null
}

/** One page of orders. The page is cut before escrows are joined, so that its cost doesn't grow with the table. */
export async function listOrders(
  sql: SqlExecutor,
  filter: OrderFilter,
  page: { sort: OrderSort; descending: boolean; limit: number; offset: number }
): Promise<ListedOrder[]> {
  const condition = orderCondition(filter)
  const direction = page.descending ? "DESC NULLS LAST" : "ASC NULLS LAST"
  const sequence = `sync.${page.sort} ${page.sort === "created_at" ? direction.split(" ")[0] : direction}, sync.id ${page.descending ? "DESC" : "ASC"}`
  const rows = await sql.execute(
    `WITH found AS ${searchFence(filter)} (
       SELECT id, ordersn, shop_id, shopee_status, shopee_update_time, status, medusa_order_id, attempts, first_failed_at,
              due_at, waiting_skus, created_at, updated_at
         FROM shopee_order_sync sync
        WHERE ${condition.text}
     )
     SELECT sync.*, escrow.escrow_amount::text AS escrow_amount, escrow.payout_amount::text AS payout_amount, escrow.currency,
            escrow.escrow_release_time
       FROM (SELECT * FROM found sync ORDER BY ${sequence} LIMIT ? OFFSET ?) sync
       LEFT JOIN shopee_escrow escrow ON escrow.ordersn = sync.ordersn AND escrow.deleted_at IS NULL
      ORDER BY ${sequence}`,
    [...condition.params, page.limit, page.offset]
  )
  return rows as ListedOrder[]
}
