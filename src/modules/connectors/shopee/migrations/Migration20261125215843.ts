import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125215843 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "shopee_authorization_request" ("id" text not null, "state_hash" text not null, "user_id" text not null, "expires_at" timestamptz not null, "used_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_authorization_request_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_authorization_request_deleted_at" ON "shopee_authorization_request" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_authorization_request_state" ON "shopee_authorization_request" ("state_hash");`
    )

    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_created" ON "shopee_escrow" ("created_at", "id") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_released" ON "shopee_escrow" ("escrow_release_time", "id") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_created" ON "shopee_order_sync" ("created_at", "id") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_updated" ON "shopee_order_sync" ("shopee_update_time", "id") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_state" ON "shopee_order_sync" ("status", "shopee_status", "created_at") WHERE deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "shopee_authorization_request" cascade;`)

    this.addSql(`drop index if exists "IDX_shopee_escrow_created";`)
    this.addSql(`drop index if exists "IDX_shopee_escrow_released";`)

    this.addSql(`drop index if exists "IDX_shopee_order_sync_created";`)
    this.addSql(`drop index if exists "IDX_shopee_order_sync_updated";`)
    this.addSql(`drop index if exists "IDX_shopee_order_sync_state";`)
  }
}
