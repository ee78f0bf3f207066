import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125215844 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_class" ON "connector_exception" ("error_class", "status", "created_at") WHERE deleted_at IS NULL;`
    )
    this.addSql(
      `CREATE INDEX IF NOT EXISTS "IDX_connector_exception_created" ON "connector_exception" ("created_at") WHERE deleted_at IS NULL;`
    )
  }

  override async down(): Promise<void> {
    this.addSql(`drop index if exists "IDX_connector_exception_class";`)
    this.addSql(`drop index if exists "IDX_connector_exception_created";`)
  }
}
