import { Migration } from "@medusajs/framework/mikro-orm/migrations"

/**
 * `UPDATE shopee_raw_event SET processed = false WHERE …` makes the event's order due again, also where the column is false
 * already: what operators type at three in the morning has to work. Rejected pushes (`signature_ok = false`) wake nothing:
 * whatever they claim was never verified.
 *
 * Written by hand: a trigger can't be declared in a model.
 */
export class Migration20261123123200 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      CREATE OR REPLACE FUNCTION shopee_raw_event_make_order_due() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO shopee_order_sync AS sync
          (id, ordersn, shop_id, status, due_at, due_version, attempts, last_raw_event_id, created_at, updated_at)
        VALUES ('sosync_' || substr(NEW.id, 6), NEW.ordersn, NEW.shop_id, 'pending', now(), 1, 0, NEW.id, now(), now())
        ON CONFLICT (shop_id, ordersn) DO UPDATE
          SET due_at = LEAST(COALESCE(sync.due_at, now()), now()),
              due_version = sync.due_version + 1,
              attempts = 0, first_failed_at = NULL, waiting_skus = NULL,
              status = CASE sync.status WHEN 'failed' THEN 'pending' ELSE sync.status END,
              deleted_at = NULL, updated_at = now();
        RETURN NULL;
      END $$;`)
    this.addSql(`
      CREATE OR REPLACE TRIGGER shopee_raw_event_flipped
      AFTER UPDATE OF processed ON shopee_raw_event
      FOR EACH ROW
      WHEN (NEW.processed = false AND NEW.signature_ok IS DISTINCT FROM false
            AND NEW.ordersn IS NOT NULL AND NEW.shop_id IS NOT NULL)
      EXECUTE FUNCTION shopee_raw_event_make_order_due();`)
  }

  override async down(): Promise<void> {
    this.addSql(`DROP TRIGGER IF EXISTS shopee_raw_event_flipped ON shopee_raw_event;`)
    this.addSql(`DROP FUNCTION IF EXISTS shopee_raw_event_make_order_due();`)
  }
}
