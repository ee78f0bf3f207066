import { Migration } from "@medusajs/framework/mikro-orm/migrations"

export class Migration20261125222124 extends Migration {
  override async up(): Promise<void> {
    this.addSql(
      `alter table if exists "connector_exception" drop constraint if exists "connector_exception_error_class_check";`
    )

    this.addSql(
      `alter table if exists "connector_exception" add constraint "connector_exception_error_class_check" check("error_class" in ('signature_mismatch', 'sku_not_found', 'ambiguous_sku', 'normalization_failed', 'medusa_workflow_failed', 'escrow_fetch_failed', 'sdk_transient', 'token_expired', 'retry_exhausted', 'oversold', 'cancelled_after_shipping', 'pieces_cancelled_after_shipping', 'parcel_mismatch', 'escrow_mismatch', 'settlement_overdue', 'settlement_short', 'job_failed', 'job_overdue', 'push_unhealthy', 'push_silent', 'notice', 'unknown'));`
    )
  }

  override async down(): Promise<void> {
    this.addSql(
      `alter table if exists "connector_exception" drop constraint if exists "connector_exception_error_class_check";`
    )

    this.addSql(
      `alter table if exists "connector_exception" add constraint "connector_exception_error_class_check" check("error_class" in ('signature_mismatch', 'sku_not_found', 'ambiguous_sku', 'normalization_failed', 'medusa_workflow_failed', 'escrow_fetch_failed', 'sdk_transient', 'token_expired', 'retry_exhausted', 'oversold', 'cancelled_after_shipping', 'escrow_mismatch', 'settlement_overdue', 'settlement_short', 'job_failed', 'job_overdue', 'push_unhealthy', 'push_silent', 'notice', 'unknown'));`
    )
  }
}
