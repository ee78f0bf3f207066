import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import type { FetchedEscrow } from "../types/escrow"

/** Columns of money: each has a twin `raw_…` in the form that Medusa's big numbers are read from. */
const AMOUNTS = [
  "escrow_amount",
  "original_price",
  "seller_discount",
  "shopee_discount",
  "voucher_from_seller",
  "voucher_from_shopee",
  "commission_fee",
  "service_fee",
  "seller_transaction_fee",
  "actual_shipping_fee",
  "seller_lost_compensation",
  "buyer_total_amount",
  "adjustment_amount",
  "difference",
]

const COLUMNS = [
  "ordersn",
  "shop_id",
  "currency",
  "raw_escrow_payload",
  "fetched_at",
  "adds_up",
  ...AMOUNTS,
  ...AMOUNTS.map((amount) => `raw_${amount}`),
]

const VALUES = COLUMNS.map((column) => {
  const amount = AMOUNTS.find((name) => column === `raw_${name}`)
  return amount ? `jsonb_build_object('value', fetched.${amount}::text, 'precision', 20)` : `fetched.${column}`
})

/**
 * Stores fetched escrows and ends their claims, in one statement. There is one row for an order: fetching again brings it up to date
 * and leaves alone what the list of released escrows said (release time, payout).
 *
 * Fenced: an escrow whose claim was lost is not stored, since whoever holds it now reads something newer.
 *
 * @returns ids of the `shopee_order_sync` rows that were still held by the claim.
 */
export async function storeEscrows(sql: SqlExecutor, claimId: string, fetched: FetchedEscrow[]): Promise<string[]> {
  if (fetched.length === 0) {
    return []
  }
  const rows = fetched.map(({ syncId, shopId, escrow, check, adjustmentAmount }) => ({
    ...escrow,
    id: generateEntityId(undefined, "sesc"),
    sync_id: syncId,
    shop_id: shopId,
    adds_up: check.adds_up,
    difference: check.difference,
    adjustment_amount: adjustmentAmount,
  }))
  const stored = await sql.execute(
    `WITH fetched AS (
       SELECT * FROM jsonb_to_recordset(?::jsonb) AS f(
         id text, sync_id text, ordersn text, shop_id text, currency text, raw_escrow_payload jsonb, fetched_at timestamptz,
         adds_up boolean, ${AMOUNTS.map((amount) => `${amount} numeric`).join(", ")})
     ), held AS (
       SELECT sync.id FROM shopee_order_sync sync JOIN fetched ON fetched.sync_id = sync.id
        WHERE sync.escrow_claim_id = ?
        ORDER BY sync.shop_id, sync.ordersn
        FOR UPDATE OF sync
     ), settled AS (
       UPDATE shopee_order_sync sync
          SET escrow_due_at = NULL, escrow_attempts = 0, escrow_first_failed_at = NULL,
              escrow_claim_id = NULL, escrow_lease_until = NULL, updated_at = now()
         FROM held
        WHERE sync.id = held.id AND sync.escrow_claim_id = ?
       RETURNING sync.id
     ), stored AS (
       INSERT INTO shopee_escrow (id, ${COLUMNS.join(", ")}, created_at, updated_at)
       SELECT fetched.id, ${VALUES.join(", ")}, now(), now()
         FROM fetched JOIN settled ON settled.id = fetched.sync_id
        ORDER BY fetched.ordersn
       ON CONFLICT (ordersn) DO UPDATE
          SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}, deleted_at = NULL, purged_at = NULL,
              updated_at = now()
     )
     SELECT id FROM settled`,
    [JSON.stringify(rows), claimId, claimId]
  )
  return (stored as { id: string }[]).map(({ id }) => id)
}
