import type { ShopeeClient } from "../client/shopee-client"
import { ShopeeCallError } from "../client/shopee-errors"
import { isFinalReturn, normalizeShopeeReturn } from "../normalizers/return"
import type ShopeeConnectorService from "../service"
import type { KnownReturn } from "../types/normalized-return"
import { toStorable } from "../webhook/read-json"
import type { OrderRead } from "./order-work"
import { hasUnknownPieces, type ReturnsToRead, returnsToRead } from "./returns-to-read"
import { type ListedReturn, searchReturns } from "./search-returns"

/** Shopee's list may show a return as changed a little before the order that it is of. */
const SEARCH_MARGIN_MS = 24 * 60 * 60_000
/** Returns are raised within weeks; further back the list is not read for one order. */
const SEARCH_LIMIT_MS = 90 * 24 * 60 * 60_000

/** The returns of an order could not be read. What is known of them still counts; the order is looked at again. */
export class ReturnsUnreadableError extends Error {
  override readonly name = "ReturnsUnreadableError"

  constructor(
    message: string,
    /** Shopee did not answer, whatever it was asked. */
    readonly isOutage: boolean,
    readonly failure: ShopeeCallError | null = null
  ) {
    super(message)
  }
}

type ReturnReader = Pick<ShopeeClient, "getReturnDetail" | "getReturnList">
type ReturnStore = Pick<ShopeeConnectorService, "listReturns" | "listReturnHints" | "storeReturns">
type ReadReturn = Omit<KnownReturn, "refund_paid_at">

interface OrderToAsk {
  read: OrderRead
  known: KnownReturn[]
  asked: ReturnsToRead
}

/** What became of asking about the returns of one order. */
type Answer = { stored: ReadReturn[] } | { error: unknown }

/** Which orders could not be asked about, by order number. */
export type ReturnFailures = ReadonlyMap<string, ReturnsUnreadableError>

/**
 * Adds to orders of one shop what is known of their returns, and first asks Shopee about those that a push, the order or an open return
 * says are to be looked at. Two statements for all orders; a call for each return that can have changed, none for any other.
 *
 * An order whose returns can't be read goes on with what is known of them. Once Shopee stops answering nobody else is asked about.
 */
export async function addReturns(
  service: ReturnStore,
  client: ReturnReader,
  shopId: string,
  reads: OrderRead[]
): Promise<{ reads: OrderRead[]; failures: ReturnFailures }> {
  const ordersns = reads.map(({ order }) => order.ordersn)
  const known = await service.listReturns(shopId, ordersns)
  const hints = await service.listReturnHints(shopId, ordersns)
  const toAsk = reads.flatMap((read): OrderToAsk[] => {
    const { ordersn } = read.order
    const ofOrder = known.filter((each) => each.ordersn === ordersn)
    const asked = returnsToRead(
      read.order,
      ofOrder,
      hints.filter((hint) => hint.ordersn === ordersn)
    )
    return asked.returnSns.length > 0 || asked.isSearched ? [{ read, known: ofOrder, asked }] : []
  })
  if (toAsk.length === 0) {
    return { reads: withReturns(reads, known, new Set()), failures: new Map() }
  }
  const { stored, failures } = await askAll(client, toAsk)
  await service.storeReturns(shopId, stored)
  const answered = new Set(toAsk.map(({ read }) => read.order.ordersn).filter((ordersn) => !failures.has(ordersn)))
  return { reads: withReturns(reads, await service.listReturns(shopId, ordersns), answered), failures }
}

const withReturns = (reads: OrderRead[], known: KnownReturn[], answered: ReadonlySet<string>): OrderRead[] =>
  reads.map((read) => {
    const returns = known.filter(({ ordersn }) => ordersn === read.order.ordersn)
    return returns.length === 0 ? read : { ...read, returns, hasReadReturns: answered.has(read.order.ordersn) }
  })

async function askAll(client: ReturnReader, toAsk: OrderToAsk[]) {
  const stored: ReadReturn[] = []
  const failures = new Map<string, ReturnsUnreadableError>()
  let outage: ReturnsUnreadableError | null = null
  const search = onceSearched(client, toAsk)
  for (const order of toAsk) {
    const { ordersn } = order.read.order
    const answer = outage ? { error: outage } : await ask(client, order, search)
    if ("stored" in answer) {
      stored.push(...answer.stored)
      continue
    }
    const failure = toUnreadable(ordersn, answer.error)
    failures.set(ordersn, failure)
    outage ??= failure.isOutage ? failure : null
  }
  return { stored, failures }
}

/** One search serves all orders of a batch. */
function onceSearched(client: ReturnReader, toAsk: OrderToAsk[]) {
  const now = Date.now()
  const earliest = Math.min(...toAsk.map(({ read }) => read.order.updated_at.getTime() - SEARCH_MARGIN_MS))
  const from = new Date(Math.max(earliest, now - SEARCH_LIMIT_MS))
  let found: ReturnType<typeof searchReturns> | null = null
  return () => (found ??= searchReturns(client, { from, to: new Date(now) }))
}

async function ask(
  client: ReturnReader,
  { read: { order }, known, asked }: OrderToAsk,
  search: ReturnType<typeof onceSearched>
): Promise<Answer> {
  try {
    const fetchedAt = new Date()
    const details = async (returnSns: string[]): Promise<ReadReturn[]> => {
      const found: ReadReturn[] = []
      for (const returnSn of returnSns) {
        found.push(toReadReturn(order.ordersn, await client.getReturnDetail(returnSn), fetchedAt))
      }
      return found
    }
    const named = await details(asked.returnSns)
    const others: ReadReturn[] = known.filter(({ return_sn }) => !asked.returnSns.includes(return_sn))
    if (!asked.isSearched && !hasUnknownPieces(order, [...named, ...others])) {
      return { stored: named }
    }
    const listed = (await search()).filter(({ orderSn }) => orderSn === order.ordersn)
    if (listed.length === 0 && known.length + named.length === 0) {
      throw new Error(
        `Shopee says that order ${order.ordersn} has a return, but lists none. Look at the order in Shopee's Seller Centre; it is asked for again meanwhile.`
      )
    }
    const unread = listed.filter(({ returnSn }) => !asked.returnSns.includes(returnSn))
    const isUnchanged = ({ returnSn, updatedAt }: ListedReturn) =>
      others.some(
        ({ return_sn, updated_at }) => return_sn === returnSn && updated_at.getTime() === updatedAt?.getTime()
      )
    const changed = await details(unread.filter((each) => !isUnchanged(each)).map(({ returnSn }) => returnSn))
    // Looked at in the list: there is no reason to look for them again.
    const unchanged = others
      .filter(({ return_sn }) => unread.some((each) => each.returnSn === return_sn && isUnchanged(each)))
      .map((each) => ({ ...each, fetched_at: fetchedAt }))
    return { stored: [...named, ...changed, ...unchanged] }
  } catch (error) {
    return { error }
  }
}

/** @throws NormalizationError, and Error for a return of another order */
function toReadReturn(ordersn: string, answer: unknown, fetchedAt: Date): ReadReturn {
  const storable = toStorable(answer)
  const found = normalizeShopeeReturn("value" in storable ? storable.value : answer)
  if (found.ordersn !== ordersn) {
    throw new Error(`Return ${found.return_sn} is of another order than ${ordersn}.`)
  }
  return { ...found, fetched_at: fetchedAt, final: isFinalReturn(found) }
}

/** @throws what is no trouble with Shopee: our own database's errors */
function toUnreadable(ordersn: string, error: unknown): ReturnsUnreadableError {
  if (error instanceof ReturnsUnreadableError) {
    return error
  }
  if (error instanceof ShopeeCallError) {
    const isOutage = error.kind !== "not_found" && error.kind !== "permanent"
    return new ReturnsUnreadableError(
      `The returns of order ${ordersn} can't be read. ${error.message}`,
      isOutage,
      error
    )
  }
  const message = error instanceof Error ? error.message : String(error)
  return new ReturnsUnreadableError(`The returns of order ${ordersn} can't be read. ${message}`, false)
}
