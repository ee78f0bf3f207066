/**
 * One object of Shopee's answer, as it came: unknown fields kept, nothing checked but what a comment says. Integers above
 * 2^53 are decimal text, all other numbers are numbers.
 */
export type RawShopeeRecord = Record<string, unknown>

/** An order of `get_order_detail`, with every optional field asked for. `order_sn` is text. */
export type RawShopeeOrder = RawShopeeRecord & { order_sn: string }

/** The `response` of `get_escrow_detail` for one order (in the batch call: one `escrow_detail`). `order_sn` is text. */
export type RawShopeeEscrow = RawShopeeRecord & { order_sn: string }

/** Most orders that one detail call takes (get_order_detail and get_escrow_detail_batch, Shopee reference §5.4). */
export const MAX_ORDERS_PER_CALL = 50

/** Longest window that one list call takes, in seconds: 15 days (Shopee reference §5.4). */
export const MAX_LIST_WINDOW_SECONDS = 15 * 24 * 60 * 60

/** Which page of `get_order_list`. Not filtered by status: Shopee can't filter them all. */
export interface OrderListQuery {
  timeRangeField: "create_time" | "update_time"
  /** Inclusive. */
  from: Date
  /** Inclusive; at most 15 days after `from`. */
  to: Date
  /** Empty or absent = the first page. */
  cursor?: string
  /** 1–100, default 100. */
  pageSize?: number
}

/** One page of orders. Read on with `nextCursor` until `more` is false: less than all pages proves nothing. */
export interface OrderListPage {
  orders: { orderSn: string; orderStatus: string | null }[]
  more: boolean
  nextCursor: string
}

/** Which page of `get_escrow_list`. */
export interface EscrowListQuery {
  releasedFrom: Date
  /** At most 15 days after `releasedFrom`. */
  releasedTo: Date
  /** From 1, default 1. */
  pageNo?: number
  /** 1–100, default 100. */
  pageSize?: number
}

/** One page of released escrows. Presence in this list is what makes an escrow final (Shopee reference §7). */
export interface EscrowListPage {
  escrows: { orderSn: string; payoutAmount: number | null; releasedAt: Date | null }[]
  more: boolean
}

/** The `response` of `get_return_detail`. Holds the buyer's data. */
export type RawShopeeReturn = RawShopeeRecord & { return_sn: string; order_sn: string }

/** Which page of `get_return_list`. */
export interface ReturnListQuery {
  updatedFrom: Date
  /** At most 15 days after `updatedFrom`. */
  updatedTo: Date
  /** From 0, default 0. */
  pageNo?: number
  /** 1–100, default 100. */
  pageSize?: number
}

/** One page of returns by their last change. Read on until `more` is false; pages may overlap. */
export interface ReturnListPage {
  returns: { returnSn: string; orderSn: string; updatedAt: Date | null }[]
  more: boolean
}

/** One page of pushes that Shopee could not deliver, the earliest 100 of the last three days, of all shops of the app. */
export interface LostPushPage {
  messages: LostPush[]
  more: boolean
  /** What `confirmLostPushes` takes; null when the page is empty, or Shopee names none. */
  lastMessageId: number | null
}

export interface LostPush {
  /** Absent for the pushes to the partner (codes 1, 2, 12). */
  shopId: string | null
  code: number | null
  /** Seconds. When the push was lost, not when it was made. */
  timestamp: number | null
  /** The entry as it came, whatever it is. Its `data` is the whole push as JSON text (Shopee reference §3). */
  raw: unknown
}

/** How Shopee sees our webhook. */
export interface AppPushConfig {
  callbackUrl: string | null
  /** Normal, Warning or Suspended; null when Shopee doesn't say. While suspended, pushes are lost for good. */
  livePushStatus: string | null
  suspendedAt: Date | null
  /** Pushes that are subscribed and that are not, of those that can be; null when Shopee doesn't say. */
  codesOn: number[] | null
  codesOff: number[] | null
  /** Shops that get no pushes; null when Shopee doesn't say. */
  blockedShopIds: string[] | null
  raw: RawShopeeRecord
}

/** What the connector asks about the shop itself. */
export interface ShopInfo {
  /** When the seller's authorisation ends; null when Shopee doesn't say. */
  authorizationEndsAt: Date | null
}

/**
 * The calls that the connector makes, for one shop.
 *
 * Each has an overall deadline, a size limit and the shop's rate limit, runs on a fresh token, and throws
 * `ShopeeCallError` (see `shopee-errors.ts`) for whatever Shopee or the network does; an error of our own database is
 * thrown as it is. Nothing is tried again, except once after a token that Shopee no longer accepts.
 */
export interface ShopeeClient {
  readonly shopId: string

  /**
   * Details of up to 50 orders. An order that Shopee doesn't know makes the whole call fail with `not_found`, or is left
   * out: compare with what was asked.
   */
  getOrderDetails(ordersns: string[]): Promise<RawShopeeOrder[]>

  getOrderList(query: OrderListQuery): Promise<OrderListPage>

  /** Provisional until the order appears in `getEscrowList`. */
  getEscrowDetail(ordersn: string): Promise<RawShopeeEscrow>

  /** Up to 50 orders, 20 recommended by Shopee. Orders may be left out without notice: compare with what was asked. */
  getEscrowDetails(ordersns: string[]): Promise<RawShopeeEscrow[]>

  getEscrowList(query: EscrowListQuery): Promise<EscrowListPage>

  getReturnDetail(returnSn: string): Promise<RawShopeeReturn>

  getReturnList(query: ReturnListQuery): Promise<ReturnListPage>

  /** The same page again until it is confirmed. */
  getLostPushes(): Promise<LostPushPage>

  /** A watermark: confirms everything up to and including `lastMessageId`. Only once the pushes are stored. */
  confirmLostPushes(lastMessageId: number): Promise<void>

  getAppPushConfig(): Promise<AppPushConfig>

  getShopInfo(): Promise<ShopInfo>

  /** Has the access token refreshed if its end is near; makes no other call. */
  refreshAhead(): Promise<void>

  /** Closes the connections that are kept alive. The client can be used again. */
  close(): void
}
