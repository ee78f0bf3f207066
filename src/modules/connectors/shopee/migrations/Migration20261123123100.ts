import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261123123100 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "shopee_auth_token" ("id" text not null, "shop_id" text not null, "access_token" text not null, "refresh_token" text not null, "expire_in" integer not null, "expired_at" text not null, "merchant_id_list" jsonb null, "shop_id_list" jsonb null, "supplier_id_list" jsonb null, "raw_token_payload" jsonb null, "version" integer not null default 1, "authorized_at" timestamptz null, "refreshed_at" timestamptz null, "refresh_claim_id" text null, "refresh_lease_until" timestamptz null, "refused_at" timestamptz null, "refused_reason" text null, "paused_until" timestamptz null, "outage_calls" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_auth_token_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_auth_token_deleted_at" ON "shopee_auth_token" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_auth_token_shop" ON "shopee_auth_token" ("shop_id");`)

    this.addSql(
      `create table if not exists "shopee_escrow" ("id" text not null, "ordersn" text not null, "shop_id" text not null, "escrow_amount" numeric not null, "original_price" numeric not null, "seller_discount" numeric not null, "shopee_discount" numeric not null, "voucher_from_seller" numeric not null, "voucher_from_shopee" numeric not null, "commission_fee" numeric not null, "service_fee" numeric not null, "seller_transaction_fee" numeric not null, "actual_shipping_fee" numeric not null, "seller_lost_compensation" numeric not null, "buyer_total_amount" numeric not null, "currency" text not null, "escrow_release_time" timestamptz null, "raw_escrow_payload" jsonb not null, "fetched_at" timestamptz not null, "raw_escrow_amount" jsonb not null, "raw_original_price" jsonb not null, "raw_seller_discount" jsonb not null, "raw_shopee_discount" jsonb not null, "raw_voucher_from_seller" jsonb not null, "raw_voucher_from_shopee" jsonb not null, "raw_commission_fee" jsonb not null, "raw_service_fee" jsonb not null, "raw_seller_transaction_fee" jsonb not null, "raw_actual_shipping_fee" jsonb not null, "raw_seller_lost_compensation" jsonb not null, "raw_buyer_total_amount" jsonb not null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_escrow_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_deleted_at" ON "shopee_escrow" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_escrow_ordersn" ON "shopee_escrow" ("ordersn");`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_escrow_unreleased" ON "shopee_escrow" ("fetched_at") WHERE escrow_release_time IS NULL AND deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "shopee_order_sync" ("id" text not null, "ordersn" text not null, "shop_id" text not null, "medusa_order_id" text null, "status" text check ("status" in ('pending', 'created', 'failed')) not null default 'pending', "shopee_status" text null, "shopee_update_time" timestamptz null, "last_raw_event_id" text null, "due_at" timestamptz null, "due_version" integer not null default 0, "attempts" integer not null default 0, "first_failed_at" timestamptz null, "lease_until" timestamptz null, "claim_id" text null, "waiting_skus" text[] null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_order_sync_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_deleted_at" ON "shopee_order_sync" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_order_sync_order" ON "shopee_order_sync" ("shop_id", "ordersn");`
    )
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_ordersn" ON "shopee_order_sync" ("ordersn");`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_due" ON "shopee_order_sync" ("due_at", "id") WHERE due_at IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_waiting" ON "shopee_order_sync" ("id") WHERE waiting_skus IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_medusa_order" ON "shopee_order_sync" ("medusa_order_id") WHERE medusa_order_id IS NOT NULL AND deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "shopee_raw_event" ("id" text not null, "event_type" integer not null, "shopee_event_id" text null, "shop_id" text null, "ordersn" text null, "payload" jsonb not null, "raw_body" text null, "signature" text null, "signature_ok" boolean null, "source" text check ("source" in ('webhook', 'poll', 'reconcile')) not null, "identity" text null, "processed" boolean not null default false, "processed_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_raw_event_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_deleted_at" ON "shopee_raw_event" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(`CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_raw_event_identity" ON "shopee_raw_event" ("identity");`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_ordersn" ON "shopee_raw_event" ("ordersn", "created_at");`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_unprocessed_order" ON "shopee_raw_event" ("shop_id", "ordersn") WHERE processed = false AND ordersn IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_unprocessed_other" ON "shopee_raw_event" ("created_at") WHERE processed = false AND ordersn IS NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_rejected" ON "shopee_raw_event" ("created_at") WHERE signature_ok = false AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "shopee_auth_token" cascade;`)

    this.addSql(`drop table if exists "shopee_escrow" cascade;`)

    this.addSql(`drop table if exists "shopee_order_sync" cascade;`)

    this.addSql(`drop table if exists "shopee_raw_event" cascade;`)
  }
}
