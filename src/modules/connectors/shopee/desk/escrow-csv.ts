import type { MedusaContainer } from "@medusajs/framework/types"
import type ShopeeConnectorService from "../service"
import type { EscrowFilter } from "../sql/escrow-filter"
import { pageEscrows } from "../sql/page-escrows"
import type { EscrowRow } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { toEscrowRow } from "./escrow-view"

const ROWS_A_PAGE = 1_000

const COLUMNS = [
  "ordersn",
  "shop_id",
  "currency",
  "state",
  "escrow_amount",
  "payout_amount",
  "adjustment_amount",
  "difference",
  "cause",
  "late",
  "buyer_total_amount",
  "commission_fee",
  "service_fee",
  "seller_transaction_fee",
  "fetched_at",
  "released_at",
  "medusa_order_id",
] as const satisfies readonly (keyof EscrowRow)[]

/** Plain numbers stay numbers, also negative ones: only a text can be a formula. */
const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * One cell (RFC 4180). A text that a spreadsheet would run as a formula is made one that it shows, with a leading apostrophe (OWASP, "CSV
 * Injection"): a cell that begins with = + - @, tab or carriage return.
 */
export function csvCell(value: string | boolean | null): string {
  const text = value === null ? "" : String(value)
  const safe = /^[=+\-@\t\r]/.test(text) && !NUMBER.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvLine = (cells: (string | boolean | null)[]): string => `${cells.map(csvCell).join(",")}\r\n`

/** Every escrow that a filter lets through as CSV, page by page: its size never is in memory at once. */
export async function* escrowCsv(container: MedusaContainer, filter: EscrowFilter): AsyncGenerator<string> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  yield csvLine([...COLUMNS])
  let afterId = ""
  for (;;) {
    const page = await service.run((sql) => pageEscrows(sql, filter, { afterId, limit: ROWS_A_PAGE }))
    const last = page.at(-1)
    if (!last) {
      return
    }
    yield page
      .map(toEscrowRow)
      .map((row) => csvLine(COLUMNS.map((column) => row[column])))
      .join("")
    afterId = last.id
  }
}
