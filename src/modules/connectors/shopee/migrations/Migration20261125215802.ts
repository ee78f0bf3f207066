import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125215802 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "shopee_backfill" ("id" text not null, "shop_id" text not null, "reason" text check ("reason" in ('operator', 'reauthorization')) not null default 'operator', "status" text check ("status" in ('open', 'done')) not null default 'open', "from_at" timestamptz not null, "to_at" timestamptz not null, "windows_total" integer not null, "windows_done" integer not null default 0, "orders_seen" integer not null default 0, "injected_count" integer not null default 0, "done_count" integer not null default 0, "last_error" text null, "started_at" timestamptz null, "finished_at" timestamptz null, "settled_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_backfill_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_backfill_deleted_at" ON "shopee_backfill" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_backfill_open" ON "shopee_backfill" ("shop_id", "created_at") WHERE status = 'open' AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_backfill_unsettled" ON "shopee_backfill" ("created_at") WHERE settled_at IS NULL AND deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "shopee_reconcile_run" ("id" text not null, "run_id" text not null, "shop_id" text not null, "status" text check ("status" in ('running', 'complete', 'failed')) not null default 'running', "window_from" timestamptz not null, "window_to" timestamptz not null, "shopee_count" integer not null default 0, "matching_count" integer not null default 0, "waiting_count" integer not null default 0, "missing_count" integer not null default 0, "stale_count" integer not null default 0, "repaired_count" integer not null default 0, "missing" text[] null, "stale" text[] null, "error" text null, "started_at" timestamptz not null, "finished_at" timestamptz null, "duration_ms" integer null, "settled_at" timestamptz null, "announced_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_reconcile_run_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_reconcile_run_deleted_at" ON "shopee_reconcile_run" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_reconcile_run_run" ON "shopee_reconcile_run" ("run_id");`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_reconcile_run_shop" ON "shopee_reconcile_run" ("shop_id", "started_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_reconcile_run_unsettled" ON "shopee_reconcile_run" ("started_at") WHERE settled_at IS NULL AND deleted_at IS NULL;`
    )

    this.addSql(`alter table if exists "shopee_auth_token" add column if not exists "gap_from" timestamptz null;`)

    this.addSql(`alter table if exists "shopee_raw_event" add column if not exists "finding_run_id" text null;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_raw_event_finding" ON "shopee_raw_event" ("finding_run_id") WHERE finding_run_id IS NOT NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "shopee_backfill" cascade;`)

    this.addSql(`drop table if exists "shopee_reconcile_run" cascade;`)

    this.addSql(`alter table if exists "shopee_auth_token" drop column if exists "gap_from";`)

    this.addSql(`drop index if exists "IDX_shopee_raw_event_finding";`)
    this.addSql(`alter table if exists "shopee_raw_event" drop column if exists "finding_run_id";`)
  }
}
