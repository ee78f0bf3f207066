import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126103500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_order_sync" add column if not exists "contact_purged_at" timestamptz null;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "shopee_order_sync" drop column if exists "contact_purged_at";`)
  }
}
