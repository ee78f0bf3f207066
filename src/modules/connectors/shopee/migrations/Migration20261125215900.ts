import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * Orders and escrows are searched by the beginning of their number: `LIKE 'x%'` reads an index only with the pattern operators, whatever
 * the database's collation is.
 *
 * Written by hand: a model can't name the operators of an index.
 */
export class Migration20261125215900 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_ordersn_start" ON shopee_order_sync (ordersn text_pattern_ops) WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_ordersn_start" ON shopee_escrow (ordersn text_pattern_ops) WHERE deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`DROP INDEX IF EXISTS "IDX_shopee_order_sync_ordersn_start";`)
    this.addSql(`DROP INDEX IF EXISTS "IDX_shopee_escrow_ordersn_start";`)
  }
}
