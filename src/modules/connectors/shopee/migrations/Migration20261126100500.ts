import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126100500 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table if exists "shopee_reconcile_run" add column if not exists "returns_error" text null;`)
  }

  override async down(): Promise<void> {
    this.addSql(`alter table if exists "shopee_reconcile_run" drop column if exists "returns_error";`)
  }
}
