import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125213242 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "shopee_sku_mapping" ("id" text not null, "shop_id" text not null, "item_id" text not null, "model_id" text not null default '0', "variant_id" text not null, "pieces_per_unit" integer not null default 1, "created_by" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "shopee_sku_mapping_pkey" primary key ("id"), constraint shopee_sku_mapping_pieces_check check (pieces_per_unit >= 1));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_sku_mapping_deleted_at" ON "shopee_sku_mapping" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_shopee_sku_mapping_listing" ON "shopee_sku_mapping" ("shop_id", "item_id", "model_id");`
    )
    this.addSql(`CREATE INDEX IF NOT EXISTS "IDX_shopee_sku_mapping_variant" ON "shopee_sku_mapping" ("variant_id");`)

    this.addSql(`alter table if exists "shopee_order_sync" add column if not exists "waiting_listings" text[] null;`)
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_shopee_order_sync_waiting_listings" ON "shopee_order_sync" ("id") WHERE waiting_listings IS NOT NULL AND deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop table if exists "shopee_sku_mapping" cascade;`)

    this.addSql(`drop index if exists "IDX_shopee_order_sync_waiting_listings";`)
    this.addSql(`alter table if exists "shopee_order_sync" drop column if exists "waiting_listings";`)
  }
}
