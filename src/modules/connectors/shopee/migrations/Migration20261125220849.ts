import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125220849 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_auth_token" add column if not exists "authorization_ends_at" timestamptz null, add column if not exists "authorization_checked_at" timestamptz null;`
    )

    this.addSql(`alter table if exists "shopee_escrow" add column if not exists "purged_at" timestamptz null;`)

    this.addSql(`alter table if exists "shopee_raw_event" add column if not exists "purged_at" timestamptz null;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_unpurged" ON "shopee_raw_event" ("created_at", "id") WHERE purged_at IS NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_auth_token" drop column if exists "authorization_ends_at", drop column if exists "authorization_checked_at";`
    )

    this.addSql(`alter table if exists "shopee_escrow" drop column if exists "purged_at";`)

    this.addSql(`drop index if exists "IDX_shopee_raw_event_unpurged";`)
    this.addSql(`alter table if exists "shopee_raw_event" drop column if exists "purged_at";`)
  }
}
