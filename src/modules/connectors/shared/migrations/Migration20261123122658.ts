import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261123122658 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "connector_exception" ("id" text not null, "connector" text check ("connector" in ('shopee', 'lazada', 'telegram', 'carousell', 'instagram', 'in_store', 'event')) not null, "raw_event_id" text null, "error_class" text check ("error_class" in ('signature_mismatch', 'sku_not_found', 'ambiguous_sku', 'normalization_failed', 'medusa_workflow_failed', 'escrow_fetch_failed', 'sdk_transient', 'token_expired', 'retry_exhausted', 'oversold', 'unknown')) not null, "error_message" text not null, "retry_count" integer not null default 0, "status" text check ("status" in ('open', 'resolved', 'wont_fix')) not null default 'open', "resolved_at" timestamptz null, "resolved_by" text null, "operator_note" text null, "subject" text null, "ordersn" text null, "shop_id" text null, "level" text not null default 'error', "details" jsonb null, "last_seen_at" timestamptz null, "alert_due_at" timestamptz null, "alert_attempts" integer not null default 0, "alerted_at" timestamptz null, "alert_lease_until" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "connector_exception_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_deleted_at" ON "connector_exception" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_connector_exception_open_subject" ON "connector_exception" ("connector", "subject", "error_class") WHERE status = 'open' AND subject IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_alert_due" ON "connector_exception" ("alert_due_at", "id") WHERE alert_due_at IS NOT NULL AND alerted_at IS NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_status" ON "connector_exception" ("status", "created_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_ordersn" ON "connector_exception" ("ordersn") WHERE ordersn IS NOT NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "connector_exception" cascade;`)
  }
}
