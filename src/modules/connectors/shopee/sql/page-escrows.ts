import type { SqlExecutor } from "../../../sql-executor"
import { escrowCondition, type EscrowFilter } from "./escrow-filter"
import { ESCROW_COLUMNS, type EscrowRecord, JOIN_ORDER } from "./escrow-row"

/** The escrows that follow one, by id: a whole table is read in pages of equal cost, and a row that comes meanwhile moves none. */
export async function pageEscrows(
  sql: SqlExecutor,
  filter: EscrowFilter,
  page: { afterId: string; limit: number }
): Promise<EscrowRecord[]> {
  const condition = escrowCondition(filter)
  const rows = await sql.execute(
    `SELECT ${ESCROW_COLUMNS}
       FROM shopee_escrow escrow ${JOIN_ORDER}
      WHERE ${condition.text} AND escrow.id > ?
      ORDER BY escrow.id
      LIMIT ?`,
    [...condition.params, page.afterId, page.limit]
  )
  return rows as EscrowRecord[]
}
