import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * The sums over a list of payouts read all settlements that its filter lets through. With a row's whole breakdown beside the amounts that is
 * a table of 63 MB for 80,000 orders; this index holds what is added up and asked for in 7 MB: 70 ms instead of 280 on two slow cores.
 *
 * Written by hand: a model's index can't include columns.
 */
export class Migration20261126183000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_sums" ON shopee_escrow (currency)
         INCLUDE (escrow_release_time, escrow_amount, payout_amount, adds_up, shop_id, ordersn) WHERE deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`DROP INDEX IF EXISTS "IDX_shopee_escrow_sums";`)
  }
}
