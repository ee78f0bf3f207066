import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125223442 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "shopee_return" ("id" text not null, "return_sn" text not null, "shop_id" text not null, "ordersn" text not null, "status" text not null, "reason" text null, "refund_amount" numeric null, "currency" text null, "goods" text not null default 'awaited', "after_completion" boolean not null default false, "disputed" boolean not null default false, "due_at" timestamptz null, "logistics_status" text null, "tracking_number" text null, "items" jsonb null, "requested_at" timestamptz null, "shopee_update_time" timestamptz null, "refund_paid_at" timestamptz null, "fetched_at" timestamptz null, "final" boolean not null default false, "medusa_return_id" text null, "raw_refund_amount" jsonb null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_return_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_return_deleted_at" ON "shopee_return" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_return_return_sn" ON "shopee_return" ("shop_id", "return_sn");`
    )
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_shopee_return_ordersn" ON "shopee_return" ("ordersn");`)
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_shopee_return_update_time" ON "shopee_return" ("shopee_update_time");`)
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "shopee_return" cascade;`)
  }
}
