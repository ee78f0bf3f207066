import { AdminApi } from "../../demo/admin-api"
import { OPERATOR } from "../../integration-tests/support/platform-database"
import type { Figure, Measure } from "../measure"
import { spreadOf } from "../statistics"

/** Answers of which the median counts. */
const TRIES = 7

/** A busy shop's three years: of 100,000 orders 300,000 events, 80,000 escrows, 20,000 exceptions of which 1,000 are open. */
const historyOf = (orders: number): string[] => [
  `INSERT INTO shopee_order_sync (id, ordersn, shop_id, status, shopee_status, shopee_update_time, medusa_order_id, due_at, due_version,
     attempts, escrow_attempts, created_at, updated_at)
   SELECT 'sosync_' || lpad(i::text, 10, '0'), '26' || lpad(i::text, 12, '0'), (700000 + i % 3)::text,
     CASE WHEN i % 200 = 0 THEN 'failed' ELSE 'created' END,
     (ARRAY['COMPLETED','COMPLETED','COMPLETED','CANCELLED','SHIPPED','READY_TO_SHIP'])[1 + i % 6],
     now() - i * interval '15 minutes', 'order_' || i, CASE WHEN i % 50 = 1 THEN now() END, 1, 0, 0,
     now() - i * interval '16 minutes', now()
   FROM generate_series(1, ${orders}) AS i`,
  `INSERT INTO shopee_raw_event (id, event_type, shop_id, ordersn, payload, source, identity, processed, processed_at, created_at, updated_at)
   SELECT 'srev_' || lpad(i::text, 10, '0'), 3, (700000 + (i / 3) % 3)::text, '26' || lpad((i / 3)::text, 12, '0'),
     '{"data":{"status":"SHIPPED"}}', 'webhook', 'identity-' || i, i % 100 <> 0, now(), now() - i * interval '5 minutes', now()
   FROM generate_series(1, ${3 * orders}) AS i`,
  `INSERT INTO shopee_escrow (id, ordersn, shop_id, escrow_amount, original_price, seller_discount, shopee_discount, voucher_from_seller,
     voucher_from_shopee, commission_fee, service_fee, seller_transaction_fee, actual_shipping_fee, seller_lost_compensation,
     buyer_total_amount, raw_escrow_amount, raw_original_price, raw_seller_discount, raw_shopee_discount, raw_voucher_from_seller,
     raw_voucher_from_shopee, raw_commission_fee, raw_service_fee, raw_seller_transaction_fee, raw_actual_shipping_fee,
     raw_seller_lost_compensation, raw_buyer_total_amount, currency, escrow_release_time, payout_amount, adds_up, difference,
     raw_escrow_payload, fetched_at, created_at, updated_at)
   SELECT 'sesc_' || lpad(i::text, 10, '0'), '26' || lpad(i::text, 12, '0'), (700000 + i % 3)::text, i % 90 + 0.95, 0, 0, 0, 0, 0, 1, 1, 1,
     0, 0, 99, z, z, z, z, z, z, z, z, z, z, z, z, 'SGD',
     CASE WHEN i > 2000 THEN now() - i * interval '15 minutes' END, CASE WHEN i > 2000 THEN i % 90 + 0.95 - (i % 500 = 0)::int END,
     true, 0, jsonb_build_object('order_income', jsonb_build_object('note', repeat('x', 1500))), now(),
     now() - i * interval '16 minutes', now()
   FROM generate_series(1, ${(orders * 8) / 10}) AS i, (SELECT '{"value":"0","precision":20}'::jsonb AS z) AS zero`,
  `INSERT INTO connector_exception (id, connector, error_class, error_message, retry_count, status, subject, ordersn, shop_id, level, details,
     last_seen_at, alert_attempts, created_at, updated_at)
   SELECT 'cex_' || lpad(i::text, 10, '0'), 'shopee', (ARRAY['sku_not_found','oversold','unknown'])[1 + i % 3], 'It failed.', 0,
     CASE WHEN i <= 1000 THEN 'open' ELSE 'resolved' END, 'order:' || i, '26' || lpad((200 * i)::text, 12, '0'), '700000', 'error', '{}',
     now(), 0, now() - i * interval '1 hour', now()
   FROM generate_series(1, ${orders / 5}) AS i`,
  "VACUUM ANALYZE shopee_order_sync, shopee_raw_event, shopee_escrow, connector_exception",
]

const listsOf = (orders: number): string[] => [
  "/shopee/status",
  "/shopee/activity?hours=168",
  "/shopee/orders?limit=50",
  `/shopee/orders?limit=50&offset=${orders - 100}`,
  "/shopee/orders?order=shopee_update_time&limit=200",
  "/shopee/orders?q=2600000012&limit=50",
  "/shopee/orders?q=26000000099999",
  "/shopee/orders?progress=held&shopee_status=SHIPPED,READY_TO_SHIP",
  "/shopee/orders?progress=done&shop_id=700001",
  "/shopee/orders?shopee_status=CANCELLED",
  "/shopee/orders/26000000000042",
  "/shopee/escrows?limit=50",
  "/shopee/escrows?order=-escrow_release_time&state=released&limit=200",
  "/shopee/escrows?differs=true",
  "/shopee/escrows?state=late",
  "/shopee/escrows?q=260000001",
  "/shopee/escrows/weeks?weeks=52",
  "/exceptions?status=open",
  "/exceptions?error_class=oversold&order=created_at&offset=5000",
  "/exceptions?status=open&error_class=sku_not_found,unknown&order=-last_seen_at",
  "/exceptions?ordersn=26000000000200",
]

/** Issue 5: what the operator's desk takes with years of orders. */
export const desk: Measure = {
  name: "desk",
  title: "the lists of the Admin after three busy years",
  async run(bench, { quick }) {
    const orders = quick ? 10_000 : 100_000
    const { world, platform } = await bench.openShop("bench-desk")
    for (const statement of historyOf(orders)) {
      await world.database.query(statement)
    }
    const admin = new AdminApi(platform.url)
    await admin.login(OPERATOR.email, OPERATOR.password)
    const lists: { path: string; took: number[] }[] = []
    for (const path of listsOf(orders)) {
      const took: number[] = []
      for (let round = 0; round < TRIES; round += 1) {
        const startedAt = performance.now()
        await admin.get(`/admin/connectors${path}`)
        took.push(performance.now() - startedAt)
      }
      console.log(`${spreadOf(took).median.toFixed(0).padStart(6)} ms  ${path}`)
      lists.push({ path, took })
    }
    const [slowest] = lists.sort((a, b) => spreadOf(b.took).median - spreadOf(a.took).median)
    return [
      {
        what: `slowest list of the Admin, ${orders} orders and ${3 * orders} events`,
        unit: "ms",
        value: spreadOf(slowest?.took ?? []),
        target: { kind: "at most", value: 300 },
        note: `${slowest?.path}; ${lists.length} lists, ${TRIES} times each`,
      },
    ] satisfies Figure[]
  },
}
