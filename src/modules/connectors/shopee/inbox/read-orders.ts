import type { RawShopeeOrder, ShopeeClient } from "../client/shopee-client"
import { ShopeeCallError } from "../client/shopee-errors"

/** Shopee does not know the order, or no longer tells this shop about it. */
export class OrderNotAtShopeeError extends Error {
  override readonly name = "OrderNotAtShopeeError"

  constructor(readonly ordersn: string) {
    super(
      `Shopee does not know order ${ordersn}. Look it up in Shopee's Seller Centre; it is asked for again meanwhile.`
    )
  }
}

/** An order as Shopee answered it, or why it could not be read. */
export type OrderReading = RawShopeeOrder | Error

/** True for failures that concern what was asked for, and not the shop's connection to Shopee. */
const concernsTheOrder = (error: unknown): error is ShopeeCallError =>
  error instanceof ShopeeCallError && (error.kind === "not_found" || error.kind === "permanent")

type OrderReader = Pick<ShopeeClient, "getOrderDetails">

/**
 * Reads up to 50 orders with one call. When Shopee refuses the call because of one of them, the list is halved until that one
 * stands alone, so that it can't hold up the others.
 *
 * @throws ShopeeCallError when Shopee can't be reached, throttles, refuses the shop, or refuses any order with the same words: then no
 * order is to blame.
 */
export async function readOrders(client: OrderReader, ordersns: string[]): Promise<Map<string, OrderReading>> {
  try {
    return await readTogether(client, ordersns)
  } catch (error) {
    if (!concernsTheOrder(error)) {
      throw error
    }
    if (error.kind === "permanent" && (await refusesAnyOrder(client, ordersns))) {
      throw error
    }
    return await readHalves(client, ordersns, error)
  }
}

async function readTogether(client: OrderReader, ordersns: string[]): Promise<Map<string, OrderReading>> {
  const answered = await client.getOrderDetails(ordersns)
  const bySn = new Map<string, OrderReading>(answered.map((order) => [order.order_sn, order]))
  return new Map(ordersns.map((ordersn) => [ordersn, bySn.get(ordersn) ?? new OrderNotAtShopeeError(ordersn)]))
}

async function readHalves(
  client: OrderReader,
  ordersns: string[],
  refusal: ShopeeCallError
): Promise<Map<string, OrderReading>> {
  const [only, ...others] = ordersns
  if (only === undefined || others.length === 0) {
    const reading = refusal.kind === "not_found" && only !== undefined ? new OrderNotAtShopeeError(only) : refusal
    return new Map(ordersns.map((ordersn) => [ordersn, reading]))
  }
  const middle = Math.ceil(ordersns.length / 2)
  const readings = new Map<string, OrderReading>()
  for (const half of [ordersns.slice(0, middle), ordersns.slice(middle)]) {
    const read = await readTogether(client, half).catch(async (error: unknown) => {
      if (!concernsTheOrder(error)) {
        throw error
      }
      return await readHalves(client, half, error)
    })
    read.forEach((reading, ordersn) => readings.set(ordersn, reading))
  }
  return readings
}

/**
 * Whether Shopee refuses two orders that have nothing to do with each other: then it is the call that it refuses, and looking for a
 * bad order among fifty would cost a hundred calls.
 */
async function refusesAnyOrder(client: OrderReader, ordersns: string[]): Promise<boolean> {
  const [first, last] = [ordersns.at(0), ordersns.at(-1)]
  if (first === undefined || last === undefined || first === last) {
    return false
  }
  for (const ordersn of [first, last]) {
    try {
      await readTogether(client, [ordersn])
      return false
    } catch (error) {
      if (!concernsTheOrder(error)) {
        throw error
      }
      if (error.kind !== "permanent") {
        return false
      }
    }
  }
  return true
}
