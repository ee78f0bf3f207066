import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261126013110 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_reconcile_run" add column if not exists "return_count" integer not null default 0, add column if not exists "stale_return_count" integer not null default 0, add column if not exists "stale_returns" text[] null;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_reconcile_run" drop column if exists "return_count", drop column if exists "stale_return_count", drop column if exists "stale_returns";`
    )
  }
}
