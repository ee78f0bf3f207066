import type { SandboxOrder } from "../sandbox/control-client"
import type { BenchShop } from "./shop"

interface Counts {
  events: number
  open_events: number
  orders: number
  display_ids: number
  synced: number
  captured: string
  reserved: number
  exceptions: number
}

/**
 * Looks in the database whether what went in came out: an event for every push, one Medusa order for every Shopee order with its
 * stock reserved and its money captured, nothing left open and no exception.
 *
 * @throws Error that names every difference
 */
export async function expectExact(
  { world }: BenchShop,
  orders: readonly SandboxOrder[],
  { pushes, reserved = true }: { pushes: number; reserved?: boolean }
): Promise<void> {
  const sns = orders.map(({ order_sn }) => order_sn)
  const [counts] = await world.database.query<Counts>(
    `WITH wanted AS (SELECT unnest($1::text[]) AS ordersn),
          made AS (SELECT o.id, o.custom_display_id FROM "order" o JOIN wanted ON o.custom_display_id = 'SHP-' || wanted.ordersn
                    WHERE o.deleted_at IS NULL)
     SELECT (SELECT count(*)::int FROM shopee_raw_event e JOIN wanted USING (ordersn) WHERE e.source = 'webhook') AS events,
            (SELECT count(*)::int FROM shopee_raw_event e JOIN wanted USING (ordersn) WHERE NOT e.processed) AS open_events,
            (SELECT count(*)::int FROM made) AS orders,
            (SELECT count(DISTINCT custom_display_id)::int FROM made) AS display_ids,
            (SELECT count(*)::int FROM shopee_order_sync s JOIN wanted USING (ordersn) JOIN made ON made.id = s.medusa_order_id
              WHERE s.due_at IS NULL AND s.claim_id IS NULL) AS synced,
            (SELECT coalesce(sum(c.captured_amount), 0)::text FROM made
               JOIN order_payment_collection l ON l.order_id = made.id AND l.deleted_at IS NULL
               JOIN payment_collection c ON c.id = l.payment_collection_id) AS captured,
            (SELECT coalesce(sum(r.quantity), 0)::int FROM made
               JOIN order_item i ON i.order_id = made.id AND i.version = 1
               JOIN reservation_item r ON r.line_item_id = i.item_id AND r.deleted_at IS NULL) AS reserved,
            (SELECT count(*)::int FROM connector_exception WHERE status = 'open') AS exceptions`,
    [sns]
  )
  const money = orders.reduce((sum, { amounts }) => sum + Math.round(amounts.total * 100), 0)
  const pieces = orders.reduce(
    (sum, { item_list }) => sum + item_list.reduce((all, line) => all + line.model_quantity_purchased, 0),
    0
  )
  const expected = {
    events: pushes,
    open_events: 0,
    orders: orders.length,
    display_ids: orders.length,
    synced: orders.length,
    captured: money,
    reserved: reserved ? pieces : 0,
    exceptions: 0,
  }
  const actual = counts && { ...counts, captured: Math.round(Number(counts.captured) * 100) }
  const wrong = Object.entries(expected).flatMap(([name, value]) => {
    const found = actual?.[name as keyof Counts]
    return found === value ? [] : `${name.replaceAll("_", " ")}: ${value} expected, ${found} found`
  })
  if (wrong.length > 0) {
    throw new Error(`What came out is not what went in: ${wrong.join("; ")}.`)
  }
}
