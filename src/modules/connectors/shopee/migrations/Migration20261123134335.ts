import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261123134335 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_escrow" add column if not exists "payout_amount" numeric null, add column if not exists "adjustment_amount" numeric null, add column if not exists "adds_up" boolean null, add column if not exists "difference" numeric null, add column if not exists "raw_payout_amount" jsonb null, add column if not exists "raw_adjustment_amount" jsonb null, add column if not exists "raw_difference" jsonb null;`
    )

    this.addSql(
      `alter table if exists "shopee_order_sync" add column if not exists "escrow_due_at" timestamptz null, add column if not exists "escrow_attempts" integer not null default 0, add column if not exists "escrow_first_failed_at" timestamptz null, add column if not exists "escrow_lease_until" timestamptz null, add column if not exists "escrow_claim_id" text null;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_escrow_due" ON "shopee_order_sync" ("escrow_due_at", "id") WHERE escrow_due_at IS NOT NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "shopee_escrow" drop column if exists "payout_amount", drop column if exists "adjustment_amount", drop column if exists "adds_up", drop column if exists "difference", drop column if exists "raw_payout_amount", drop column if exists "raw_adjustment_amount", drop column if exists "raw_difference";`
    )

    this.addSql(`drop index if exists "IDX_shopee_order_sync_escrow_due";`)
    this.addSql(
      `alter table if exists "shopee_order_sync" drop column if exists "escrow_due_at", drop column if exists "escrow_attempts", drop column if exists "escrow_first_failed_at", drop column if exists "escrow_lease_until", drop column if exists "escrow_claim_id";`
    )
  }
}
