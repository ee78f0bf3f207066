import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261123122657 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `create table if not exists "tcg_serialized_item" ("id" text not null, "variant_id" text not null, "cert_number" text not null, "grader" text null, "grade" text null, "status" text check ("status" in ('available', 'reserved', 'sold')) not null default 'available', "reserved_for" text null, "reserved_at" timestamptz null, "sold_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tcg_serialized_item_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_serialized_item_deleted_at" ON "tcg_serialized_item" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tcg_serialized_item_cert" ON "tcg_serialized_item" ("grader", "cert_number") WHERE grader IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tcg_serialized_item_reservation" ON "tcg_serialized_item" ("reserved_for", "variant_id") WHERE reserved_for IS NOT NULL AND deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_serialized_item_variant" ON "tcg_serialized_item" ("variant_id", "status") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "tcg_channel_listing" ("id" text not null, "variant_id" text null, "serialized_item_id" text null, "channel" text check ("channel" in ('shopee', 'lazada', 'telegram', 'carousell', 'instagram', 'in_store', 'event')) not null, "shop_id" text null, "external_listing_id" text not null, "external_variation_id" text not null default '', "listing_url" text null, "status" text check ("status" in ('active', 'inactive', 'out_of_stock', 'paused')) not null default 'active', "last_synced_at" timestamptz null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tcg_channel_listing_pkey" primary key ("id"), constraint tcg_channel_listing_one_target_check check (num_nonnulls(variant_id, serialized_item_id) = 1));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_channel_listing_serialized_item_id" ON "tcg_channel_listing" ("serialized_item_id") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_channel_listing_deleted_at" ON "tcg_channel_listing" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE UNIQUE INDEX IF NOT EXISTS "IDX_tcg_channel_listing_external" ON "tcg_channel_listing" ("channel", "external_listing_id", "external_variation_id");`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_channel_listing_variant" ON "tcg_channel_listing" ("variant_id") WHERE variant_id IS NOT NULL AND deleted_at IS NULL;`
    )

    this.addSql(
      `create table if not exists "tcg_variant_metadata" ("id" text not null, "game" text not null, "set" text null, "number" text null, "rarity" text null, "finish" text null, "language" text null, "condition" text null, "created_at" timestamptz not null default now(), "updated_at" timestamptz not null default now(), "deleted_at" timestamptz null, constraint "tcg_variant_metadata_pkey" primary key ("id"));`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_variant_metadata_deleted_at" ON "tcg_variant_metadata" ("deleted_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_tcg_variant_metadata_card" ON "tcg_variant_metadata" ("game", "set", "number") WHERE deleted_at IS NULL;`
    )

    this.addSql(
      `alter table if exists "tcg_channel_listing" add constraint "tcg_channel_listing_serialized_item_id_foreign" foreign key ("serialized_item_id") references "tcg_serialized_item" ("id") on update cascade on delete cascade;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "tcg_channel_listing" drop constraint if exists "tcg_channel_listing_serialized_item_id_foreign";`
    )

    this.addSql(`drop table if exists "tcg_serialized_item" cascade;`)

    this.addSql(`drop table if exists "tcg_channel_listing" cascade;`)

    this.addSql(`drop table if exists "tcg_variant_metadata" cascade;`)
  }
}
