import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126102000 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "shopee_backfill" add column if not exists "announced_at" timestamptz null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "shopee_backfill" drop column if exists "announced_at";`)
  }
}
