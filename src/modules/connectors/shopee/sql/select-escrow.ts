import type { SqlExecutor } from "../../../sql-executor"
import { ESCROW_COLUMNS, type EscrowRecord, JOIN_ORDER } from "./escrow-row"

/** The escrow of an order with Shopee's whole answer; null when it was never fetched. */
export async function selectEscrow(
  sql: SqlExecutor,
  ordersn: string
): Promise<(EscrowRecord & { raw_escrow_payload: unknown }) | null> {
  const rows = await sql.execute(
    `SELECT ${ESCROW_COLUMNS}, escrow.raw_escrow_payload
       FROM shopee_escrow escrow ${JOIN_ORDER}
      WHERE escrow.ordersn = ? AND escrow.deleted_at IS NULL`,
    [ordersn]
  )
  const [row] = rows as (EscrowRecord & { raw_escrow_payload: unknown })[]
  return row ?? null
}
