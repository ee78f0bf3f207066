import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125215614 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_order_sync" add column if not exists "heard_update_time" timestamptz null, add column if not exists "rereads" integer not null default 0;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_order_sync" drop column if exists "heard_update_time", drop column if exists "rereads";`
    )
  }
}
