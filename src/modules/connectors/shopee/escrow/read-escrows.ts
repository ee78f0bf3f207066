import type { RawShopeeEscrow, ShopeeClient } from "../client/shopee-client"
import { ShopeeCallError } from "../client/shopee-errors"

/** Shopee has no escrow of the order, or no longer tells this shop about it. */
export class EscrowNotAtShopeeError extends Error {
  override readonly name = "EscrowNotAtShopeeError"

  constructor(readonly ordersn: string) {
    super(`Shopee has no escrow of order ${ordersn}.`)
  }
}

/** An escrow as Shopee answered it, or why it could not be read. */
export type EscrowReading = RawShopeeEscrow | Error

/** What was read of a batch. */
export interface EscrowReadings {
  /** By order_sn; orders that were not asked for because of the trouble are not in it. */
  readings: Map<string, EscrowReading>
  /** Why reading ended early; concerns the shop and none of the orders. */
  trouble: ShopeeCallError | null
}

type EscrowReader = Pick<ShopeeClient, "getEscrowDetail" | "getEscrowDetails">

/** This many refusals in a row, and it is the calls that Shopee refuses and not the orders. */
const REFUSALS_THAT_CONCERN_THE_SHOP = 2

/** True for failures that concern what was asked for, and not the shop's connection to Shopee. */
const concernsTheOrder = (error: ShopeeCallError): boolean => error.kind === "not_found" || error.kind === "permanent"

/**
 * Reads the escrows of up to 50 orders with one call, and those that the answer leaves out one by one: Shopee drops orders from a batch
 * without a word, and refuses a batch because of one of them.
 *
 * Trouble in the middle costs nothing that was read.
 *
 * @throws errors that are not Shopee's
 */
export async function readEscrows(client: EscrowReader, ordersns: string[]): Promise<EscrowReadings> {
  const readings = new Map<string, EscrowReading>()
  let batchAnswered = true
  try {
    const answered = await client.getEscrowDetails(ordersns)
    const asked = new Set(ordersns)
    answered.filter(({ order_sn }) => asked.has(order_sn)).forEach((escrow) => readings.set(escrow.order_sn, escrow))
  } catch (error) {
    if (!(error instanceof ShopeeCallError)) {
      throw error
    }
    if (!concernsTheOrder(error)) {
      return { readings, trouble: error }
    }
    batchAnswered = false
  }
  return await readOneByOne(
    client,
    ordersns.filter((ordersn) => !readings.has(ordersn)),
    { readings, batchAnswered }
  )
}

async function readOneByOne(
  client: EscrowReader,
  ordersns: string[],
  { readings, batchAnswered }: { readings: Map<string, EscrowReading>; batchAnswered: boolean }
): Promise<EscrowReadings> {
  let refusals = 0
  for (const ordersn of ordersns) {
    const reading = await readOne(client, ordersn)
    if (!(reading instanceof ShopeeCallError)) {
      readings.set(ordersn, reading)
      continue
    }
    refusals += reading.kind === "permanent" ? 1 : 0
    const refusesAny = !batchAnswered && refusals === REFUSALS_THAT_CONCERN_THE_SHOP && readings.size === 1
    // Where a call for fifty was answered a moment ago, one that breaks is about its order: it must not hold up the others.
    const blamesTheOrder = concernsTheOrder(reading) || (batchAnswered && reading.kind === "transient")
    if (refusesAny || !blamesTheOrder) {
      return { readings: refusesAny ? new Map() : readings, trouble: reading }
    }
    readings.set(ordersn, reading)
    if (reading.kind === "transient") {
      // It may be the shop after all: the next batch will tell, without a deadline's wait for each of the others.
      break
    }
  }
  return { readings, trouble: null }
}

async function readOne(client: EscrowReader, ordersn: string): Promise<EscrowReading> {
  try {
    const escrow = await client.getEscrowDetail(ordersn)
    return escrow.order_sn === ordersn
      ? escrow
      : new Error(`Asked for the escrow of order ${ordersn}, Shopee answered with another order's.`)
  } catch (error) {
    if (!(error instanceof ShopeeCallError)) {
      throw error
    }
    return error.kind === "not_found" ? new EscrowNotAtShopeeError(ordersn) : error
  }
}
