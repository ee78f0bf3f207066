import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125211915 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "connector_job" ("id" text not null, "connector" text check ("connector" in ('shopee', 'lazada', 'telegram', 'carousell', 'instagram', 'in_store', 'event')) not null, "name" text not null, "scope" text not null default '', "schedule" text null, "next_run_at" timestamptz null, "requested_at" timestamptz null, "watermark" timestamptz null, "state" jsonb null, "claim_id" text null, "lease_until" timestamptz null, "deadline_at" timestamptz null, "last_started_at" timestamptz null, "last_finished_at" timestamptz null, "last_success_at" timestamptz null, "last_error" text null, "last_duration_ms" integer null, "last_statistics" jsonb null, "runs" integer not null default 0, "failures_in_a_row" integer not null default 0, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "connector_job_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_job_deleted_at" ON "connector_job" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_connector_job_key" ON "connector_job" ("connector", "name", "scope") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `alter table if exists "connector_exception" drop constraint if exists "connector_exception_error_class_check";`
    )

    this.addSql(
      `alter table if exists "connector_exception" add constraint "connector_exception_error_class_check" check("error_class" in ('signature_mismatch', 'sku_not_found', 'ambiguous_sku', 'normalization_failed', 'medusa_workflow_failed', 'escrow_fetch_failed', 'sdk_transient', 'token_expired', 'retry_exhausted', 'oversold', 'cancelled_after_shipping', 'escrow_mismatch', 'settlement_overdue', 'settlement_short', 'job_failed', 'job_overdue', 'notice', 'unknown'));`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "connector_job" cascade;`)

    this.addSql(
      `alter table if exists "connector_exception" drop constraint if exists "connector_exception_error_class_check";`
    )

    this.addSql(
      `alter table if exists "connector_exception" add constraint "connector_exception_error_class_check" check("error_class" in ('signature_mismatch', 'sku_not_found', 'ambiguous_sku', 'normalization_failed', 'medusa_workflow_failed', 'escrow_fetch_failed', 'sdk_transient', 'token_expired', 'retry_exhausted', 'oversold', 'cancelled_after_shipping', 'escrow_mismatch', 'unknown'));`
    )
  }
}
