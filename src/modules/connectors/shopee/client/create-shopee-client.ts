import type { AuthTokenStore } from "../auth/auth-token-store"
import { TokenCipher } from "../auth/token-cipher"
import type { ShopeeConfig } from "../config"
import type { ShopeeSDK } from "../sdk"
import * as schema from "./answer-schemas"
import { AuthorizedCalls } from "./authorized-calls"
import type { CallLimits } from "./call-transport"
import { type CallObserver, GuardedSdk } from "./guarded-sdk"
import { ORDER_DETAIL_FIELDS } from "./order-detail-fields"
import { type ClientLogger, readAnswer, readEntries } from "./read-answer"
import {
  type AppPushConfig,
  type EscrowListPage,
  type EscrowListQuery,
  type LostPush,
  type LostPushPage,
  MAX_ORDERS_PER_CALL,
  type OrderListPage,
  type OrderListQuery,
  type RawShopeeEscrow,
  type RawShopeeOrder,
  type RawShopeeReturn,
  type ReturnListPage,
  type ReturnListQuery,
  type ShopeeClient,
  type ShopInfo,
} from "./shopee-client"
import { TokenBucket } from "./token-bucket"

const LARGEST_PAGE = 100

export interface ShopeeClientOptions {
  config: ShopeeConfig
  store: AuthTokenStore
  /** Default: the configured shop. */
  shopId?: string
  logger?: ClientLogger
  limits?: Partial<CallLimits>
  /** Hears of every call, those for tokens included. */
  observe?: CallObserver
  /** The shop's rate limit; hand the same one to every client of one shop in a process. */
  bucket?: TokenBucket
}

/** A client for one shop. Keep it: it holds the shop's connections and rate limit. */
export function createShopeeClient(options: ShopeeClientOptions): ShopeeClient {
  return new SdkShopeeClient(options)
}

type SdkCall = (sdk: ShopeeSDK) => Promise<unknown>

class SdkShopeeClient implements ShopeeClient {
  readonly shopId: string
  readonly #guarded: GuardedSdk
  readonly #authorized: AuthorizedCalls
  readonly #bucket: TokenBucket
  readonly #logger: ClientLogger | undefined

  constructor({ config, store, shopId = config.shopId, logger, limits, observe, bucket }: ShopeeClientOptions) {
    this.shopId = shopId
    this.#guarded = new GuardedSdk({ ...config, shopId }, limits, observe)
    this.#authorized = new AuthorizedCalls(this.#guarded, store, shopId, new TokenCipher(config.tokenKeys))
    this.#bucket = bucket ?? new TokenBucket()
    this.#logger = logger
  }

  async getOrderDetails(ordersns: string[]): Promise<RawShopeeOrder[]> {
    if (!isAnyAsked(ordersns)) {
      return []
    }
    const endpoint = "order/get_order_detail"
    const answer = await this.#asShop(endpoint, (sdk) =>
      sdk.order.getOrdersDetail({
        order_sn_list: ordersns,
        request_order_status_pending: true,
        response_optional_fields: ORDER_DETAIL_FIELDS,
      })
    )
    const { response } = readAnswer(endpoint, schema.ORDER_DETAILS_ANSWER, answer, this.#logger)
    return readEntries(endpoint, schema.ORDER_ENTRY, response.order_list, this.#logger)
  }

  async getOrderList(query: OrderListQuery): Promise<OrderListPage> {
    const endpoint = "order/get_order_list"
    const answer = await this.#asShop(endpoint, (sdk) =>
      sdk.order.getOrderList({
        time_range_field: query.timeRangeField,
        time_from: toSeconds(query.from),
        time_to: toSeconds(query.to),
        page_size: query.pageSize ?? LARGEST_PAGE,
        ...(query.cursor && { cursor: query.cursor }),
        response_optional_fields: "order_status",
        request_order_status_pending: true,
      })
    )
    const { response } = readAnswer(endpoint, schema.ORDER_LIST_ANSWER, answer, this.#logger)
    return {
      orders: response.order_list.map((order) => ({
        orderSn: order.order_sn,
        orderStatus: order.order_status ?? null,
      })),
      more: response.more,
      nextCursor: response.next_cursor ?? "",
    }
  }

  async getEscrowDetail(ordersn: string): Promise<RawShopeeEscrow> {
    const endpoint = "payment/get_escrow_detail"
    const answer = await this.#asShop(endpoint, (sdk) => sdk.payment.getEscrowDetail({ order_sn: ordersn }))
    return readAnswer(endpoint, schema.ESCROW_DETAIL_ANSWER, answer, this.#logger).response
  }

  async getEscrowDetails(ordersns: string[]): Promise<RawShopeeEscrow[]> {
    if (!isAnyAsked(ordersns)) {
      return []
    }
    const endpoint = "payment/get_escrow_detail_batch"
    const answer = await this.#asShop(endpoint, (sdk) => sdk.payment.getEscrowDetailBatch({ order_sn_list: ordersns }))
    const { response } = readAnswer(endpoint, schema.ESCROW_DETAILS_ANSWER, answer, this.#logger)
    const entries = readEntries(endpoint, schema.ESCROW_BATCH_ENTRY, response, this.#logger)
    return entries.map((entry) => entry.escrow_detail)
  }

  async getEscrowList(query: EscrowListQuery): Promise<EscrowListPage> {
    const endpoint = "payment/get_escrow_list"
    const answer = await this.#asShop(endpoint, (sdk) =>
      sdk.payment.getEscrowList({
        release_time_from: toSeconds(query.releasedFrom),
        release_time_to: toSeconds(query.releasedTo),
        page_size: query.pageSize ?? LARGEST_PAGE,
        page_no: query.pageNo ?? 1,
      })
    )
    const { response } = readAnswer(endpoint, schema.ESCROW_LIST_ANSWER, answer, this.#logger)
    return {
      escrows: response.escrow_list.map((escrow) => ({
        orderSn: escrow.order_sn,
        payoutAmount: escrow.payout_amount ?? null,
        releasedAt: toDate(escrow.escrow_release_time),
      })),
      more: response.more,
    }
  }

  async getReturnDetail(returnSn: string): Promise<RawShopeeReturn> {
    const endpoint = "returns/get_return_detail"
    const answer = await this.#asShop(endpoint, (sdk) => sdk.returns.getReturnDetail({ return_sn: returnSn }))
    return readAnswer(endpoint, schema.RETURN_DETAIL_ANSWER, answer, this.#logger).response
  }

  async getReturnList(query: ReturnListQuery): Promise<ReturnListPage> {
    const endpoint = "returns/get_return_list"
    const answer = await this.#asShop(endpoint, (sdk) =>
      sdk.returns.getReturnList({
        page_no: query.pageNo ?? 0,
        page_size: query.pageSize ?? LARGEST_PAGE,
        update_time_from: toSeconds(query.updatedFrom),
        update_time_to: toSeconds(query.updatedTo),
      })
    )
    const { response } = readAnswer(endpoint, schema.RETURN_LIST_ANSWER, answer, this.#logger)
    return {
      returns: response.return.map((found) => ({
        returnSn: found.return_sn,
        orderSn: found.order_sn,
        updatedAt: toDate(found.update_time),
      })),
      more: response.more,
    }
  }

  async getLostPushes(): Promise<LostPushPage> {
    const endpoint = "push/get_lost_push_message"
    const answer = await this.#asPartner(endpoint, (sdk) => sdk.push.getLostPushMessage())
    const { response } = readAnswer(endpoint, schema.LOST_PUSHES_ANSWER, answer, this.#logger)
    return {
      messages: response.push_message_list.map(toLostPush),
      more: response.has_next_page,
      lastMessageId: response.last_message_id ?? null,
    }
  }

  async confirmLostPushes(lastMessageId: number): Promise<void> {
    const endpoint = "push/confirm_consumed_lost_push_message"
    const answer = await this.#asPartner(endpoint, (sdk) =>
      sdk.push.confirmConsumedLostPushMessage({ last_message_id: lastMessageId })
    )
    readAnswer(endpoint, schema.CONFIRMATION_ANSWER, answer, this.#logger)
  }

  async getAppPushConfig(): Promise<AppPushConfig> {
    const endpoint = "push/get_app_push_config"
    const answer = await this.#asPartner(endpoint, (sdk) => sdk.push.getAppPushConfig())
    const { response } = readAnswer(endpoint, schema.PUSH_CONFIG_ANSWER, answer, this.#logger)
    return {
      callbackUrl: response.callback_url ?? null,
      livePushStatus: response.live_push_status ?? null,
      suspendedAt: toDate(response.suspended_time),
      codesOn: response.push_config_on_list ?? null,
      codesOff: response.push_config_off_list ?? null,
      blockedShopIds: response.blocked_shop_id?.map(String) ?? null,
      raw: response,
    }
  }

  async getShopInfo(): Promise<ShopInfo> {
    const endpoint = "shop/get_shop_info"
    const answer = await this.#asShop(endpoint, (sdk) => sdk.shop.getShopInfo())
    return {
      authorizationEndsAt: toDate(readAnswer(endpoint, schema.SHOP_INFO_ANSWER, answer, this.#logger).expire_time),
    }
  }

  async refreshAhead(): Promise<void> {
    await this.#authorized.refreshAhead()
  }

  close(): void {
    this.#guarded.close()
  }

  async #asShop(endpoint: string, call: SdkCall): Promise<unknown> {
    await this.#bucket.take()
    return await this.#authorized.run(endpoint, call)
  }

  /** For the calls that Shopee signs without a token (reference §3). */
  async #asPartner(endpoint: string, call: SdkCall): Promise<unknown> {
    await this.#bucket.take()
    return await this.#guarded.run({ endpoint, accessToken: null }, call)
  }
}

function toLostPush(entry: unknown): LostPush {
  const { success, data: push } = schema.LOST_PUSH_ENTRY.safeParse(entry)
  return {
    shopId: success && push.shop_id !== null && push.shop_id !== undefined ? String(push.shop_id) : null,
    code: success ? (push.code ?? null) : null,
    timestamp: success ? (push.timestamp ?? null) : null,
    raw: entry,
  }
}

function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

function toDate(seconds: number | null | undefined): Date | null {
  return seconds ? new Date(seconds * 1000) : null
}

/** @throws RangeError above the fifty orders that Shopee takes. */
function isAnyAsked(ordersns: string[]): boolean {
  if (ordersns.length > MAX_ORDERS_PER_CALL) {
    throw new RangeError(`Shopee takes at most ${MAX_ORDERS_PER_CALL} orders a call, not ${ordersns.length}.`)
  }
  return ordersns.length > 0
}
