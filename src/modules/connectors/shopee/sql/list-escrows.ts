import type { SqlExecutor } from "../../../sql-executor"
import { escrowCondition, type EscrowFilter } from "./escrow-filter"
import { ESCROW_COLUMNS, type EscrowRecord, JOIN_ORDER } from "./escrow-row"
import { searchFence } from "./search-fence"

/** How a list of escrows is sorted. */
export type EscrowSort = "created_at" | "escrow_release_time"

/** One page of escrows. The page is cut before orders are joined, so that its cost doesn't grow with the table. */
export async function listEscrows(
  sql: SqlExecutor,
  filter: EscrowFilter,
  page: { sort: EscrowSort; descending: boolean; limit: number; offset: number }
): Promise<EscrowRecord[]> {
  const condition = escrowCondition(filter)
  const direction = page.descending ? "DESC" : "ASC"
  const sequence = `escrow.${page.sort} ${direction}, escrow.id ${direction}`
  const rows = await sql.execute(
    `WITH found AS ${searchFence(filter)} (
       SELECT id, created_at, escrow_release_time FROM shopee_escrow escrow WHERE ${condition.text}
     ), page AS (
       SELECT id FROM found escrow ORDER BY ${sequence} LIMIT ? OFFSET ?
     )
     SELECT ${ESCROW_COLUMNS}
       FROM page JOIN shopee_escrow escrow ON escrow.id = page.id ${JOIN_ORDER}
      ORDER BY ${sequence}`,
    [...condition.params, page.limit, page.offset]
  )
  return rows as EscrowRecord[]
}
