import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125211830 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "tcg_serialized_item" add column if not exists "reserved_order" text null;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_serialized_item_order" ON "tcg_serialized_item" ("reserved_order") WHERE reserved_order IS NOT NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_tcg_serialized_item_order";`)
    this.addSql(`alter table if exists "tcg_serialized_item" drop column if exists "reserved_order";`)
  }
}
