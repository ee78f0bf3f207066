import type { SqlExecutor } from "../../../sql-executor"
import { PushCode } from "../types/enums"

/** The newest tracking number that a push told for a parcel. */
export interface ToldTrackingNumber {
  ordersn: string
  packageNumber: string
  trackingNumber: string
}

/**
 * Tracking numbers of these orders' parcels, from the stored pushes 4: Shopee's order detail does not carry them, and asking for each
 * would cost a call a parcel. Rejected pushes say nothing.
 */
export async function listTrackingNumbers(
  sql: SqlExecutor,
  orders: { shopId: string; ordersn: string }[]
): Promise<ToldTrackingNumber[]> {
  if (orders.length === 0) {
    return []
  }
  const rows = await sql.execute(
    `SELECT DISTINCT ON (event.ordersn, event.payload->'data'->>'package_number')
            event.ordersn, event.payload->'data'->>'package_number' AS package_number,
            event.payload->'data'->>'tracking_no' AS tracking_number
       FROM jsonb_to_recordset(?::jsonb) AS wanted(shop_id text, ordersn text)
       JOIN shopee_raw_event event ON event.ordersn = wanted.ordersn AND event.shop_id = wanted.shop_id
      WHERE event.event_type = ? AND event.signature_ok IS DISTINCT FROM false AND event.deleted_at IS NULL
        AND event.payload->'data'->>'package_number' <> '' AND event.payload->'data'->>'tracking_no' <> ''
      ORDER BY event.ordersn, event.payload->'data'->>'package_number', event.created_at DESC, event.id DESC`,
    [JSON.stringify(orders.map(({ shopId, ordersn }) => ({ shop_id: shopId, ordersn }))), PushCode.TRACKING_NO]
  )
  return (rows as { ordersn: string; package_number: string; tracking_number: string }[]).map((row) => ({
    ordersn: row.ordersn,
    packageNumber: row.package_number,
    trackingNumber: row.tracking_number,
  }))
}
