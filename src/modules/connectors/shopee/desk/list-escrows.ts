import type { MedusaContainer } from "@medusajs/framework/types"
import type ShopeeConnectorService from "../service"
import type { EscrowFilter } from "../sql/escrow-filter"
import { type EscrowSort, listEscrows as selectEscrows } from "../sql/list-escrows"
import { totalEscrowWeeks } from "../sql/total-escrow-weeks"
import { type EscrowSums, totalEscrows } from "../sql/total-escrows"
import type { EscrowListAnswer, EscrowTotals, EscrowWeeksAnswer } from "../types/desk"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { toEscrowRow } from "./escrow-view"
import { decimal } from "./json-values"

const toTotals = (sums: EscrowSums): EscrowTotals => ({
  currency: sums.currency,
  count: sums.count,
  escrow_amount: decimal(sums.escrow_amount),
  released: {
    count: sums.released_count,
    escrow_amount: decimal(sums.released_escrow),
    payout_amount: decimal(sums.released_payout),
  },
  provisional: { count: sums.provisional_count, escrow_amount: decimal(sums.provisional_escrow) },
  late: { count: sums.late_count, escrow_amount: decimal(sums.late_escrow) },
  difference: decimal(sums.difference),
})

/** A page of escrows, and sums over all that the filter lets through. */
export async function listEscrows(
  container: MedusaContainer,
  filter: EscrowFilter,
  page: { sort: EscrowSort; descending: boolean; limit: number; offset: number }
): Promise<EscrowListAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const [escrows, sums] = await Promise.all([
    service.run((sql) => selectEscrows(sql, filter, page)),
    service.run((sql) => totalEscrows(sql, filter)),
  ])
  return {
    escrows: escrows.map(toEscrowRow),
    totals: sums.map(toTotals),
    count: sums.reduce((sum, { count }) => sum + count, 0),
    limit: page.limit,
    offset: page.offset,
  }
}

/** Payouts of the last weeks, the one at hand included; weeks without any are left out. */
export async function listEscrowWeeks(container: MedusaContainer, weeks: number): Promise<EscrowWeeksAnswer> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const sums = await service.run((sql) => totalEscrowWeeks(sql, weeks))
  return {
    weeks: sums.map((week) => ({
      ...week,
      escrow_amount: decimal(week.escrow_amount),
      payout_amount: decimal(week.payout_amount),
    })),
  }
}
