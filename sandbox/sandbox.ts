import { TokenBook } from "./auth/token-book"
import { CallLog } from "./call-log"
import { SandboxClock } from "./clock"
import type { ManualPush, PushAnswer } from "./control/reports"
import { ReleaseLedger } from "./escrow/release-ledger"
import { FaultBook } from "./faults/fault-book"
import { Identifiers } from "./identifiers"
import type { SandboxOptions } from "./options"
import { Catalogue } from "./orders/catalogue"
import type { Order } from "./orders/order"
import { OrderBook } from "./orders/order-book"
import { OrderDesk } from "./orders/order-desk"
import { LostPushes } from "./push/lost-pushes"
import { sendManualPush } from "./push/manual-push"
import { namesShop, pushEnvelope } from "./push/push-envelope"
import { PushHealth } from "./push/push-health"
import { PushJournal } from "./push/push-journal"
import { PushOutbox } from "./push/push-outbox"
import { Subscription } from "./push/subscription"
import { RateLimit } from "./rate-limit"
import { ReturnDesk } from "./returns/return-desk"

const DEFAULT_SEED = 1
const DEFAULT_RELEASE_DELAY_SECONDS = 3 * 86_400
const DEFAULT_AUTHORIZATION_DAYS = 365
/** Shopee announces the end of an authorization a week ahead. */
const EXPIRY_NOTICE_SECONDS = 7 * 86_400

/** A whole Shopee: its clock, its sellers' tokens, its orders, its pushes. The HTTP doors are elsewhere. */
export class Sandbox {
  readonly clock = new SandboxClock()
  readonly ids: Identifiers
  /** request_id and msg_id come from a sequence of their own: how often somebody calls must not change the order numbers. */
  readonly traceIds: Identifiers
  readonly tokens = new TokenBook(this.clock)
  readonly book = new OrderBook()
  readonly releases = new ReleaseLedger()
  readonly faults = new FaultBook()
  readonly calls = new CallLog()
  readonly rateLimit: RateLimit
  readonly subscription: Subscription
  readonly pushHealth = new PushHealth()
  readonly lostPushes = new LostPushes()
  readonly pushJournal = new PushJournal()
  readonly outbox: PushOutbox
  readonly desk: OrderDesk
  readonly returns: ReturnDesk
  /** Seconds from completion to payout; may be changed while running. */
  escrowReleaseDelay: number

  constructor(readonly options: SandboxOptions) {
    const seed = options.seed ?? DEFAULT_SEED
    this.ids = new Identifiers(seed)
    this.traceIds = new Identifiers(~seed)
    this.escrowReleaseDelay = options.escrowReleaseDelay ?? DEFAULT_RELEASE_DELAY_SECONDS
    this.rateLimit = new RateLimit(options.rateLimit)
    this.subscription = new Subscription(options.pushKey)
    this.subscription.apply({
      ...(options.callbackUrl === undefined ? {} : { callbackUrl: options.callbackUrl }),
      ...(options.deliveryUrl === undefined ? {} : { deliveryUrl: options.deliveryUrl }),
      ...(options.retryDelays === undefined ? {} : { retryDelays: options.retryDelays }),
    })
    this.outbox = new PushOutbox({
      clock: this.clock,
      subscription: this.subscription,
      faults: this.faults,
      health: this.pushHealth,
      lost: this.lostPushes,
      journal: this.pushJournal,
    })
    this.desk = new OrderDesk({
      clock: this.clock,
      ids: this.ids,
      catalogue: new Catalogue(this.ids),
      book: this.book,
      releases: this.releases,
      announce: (order, code, fields) => this.announceOrder(order, code, fields),
      defaultShopId: options.shopId,
      escrowReleaseDelay: () => this.escrowReleaseDelay,
    })
    this.returns = new ReturnDesk({
      clock: this.clock,
      ids: this.ids,
      book: this.book,
      desk: this.desk,
      announce: (order, code, fields) => this.announceOrder(order, code, fields),
    })
  }

  /** The seller authorizes the app for some days; a week before the end push 12 says so. */
  authorize(shopId: number, days = DEFAULT_AUTHORIZATION_DAYS): { code: string } {
    const { code, expireTime } = this.tokens.authorize(shopId, days)
    this.clock.schedule((expireTime - EXPIRY_NOTICE_SECONDS) * 1000, () => {
      if (this.tokens.authorization(shopId)?.expireTime === expireTime) this.announceExpiry(shopId, expireTime)
    })
    return { code }
  }

  /** Push 1: the shop has authorized the app. */
  announceAuthorization(shopId: number): void {
    this.publish(1, {
      authorize_type: "shop authorization by user",
      extra: `shop ${shopId} (SG) is now authorized`,
      shop_id: shopId,
      success: 1,
    })
  }

  /** The seller takes the authorization back; push 2 says so unless it shouldn't. */
  deauthorize(shopId: number, push: boolean): void {
    this.tokens.deauthorize(shopId)
    if (!push) return
    this.publish(2, {
      authorize_type: "shop authorization canceled by user",
      extra: `shop ${shopId} (SG) is no longer authorized`,
      // Push 1 writes shop_id, this one shopid: Shopee's spelling.
      shopid: shopId,
      success: 1,
    })
  }

  /** Sends pushes made by hand and answers what the receiver said to each. */
  sendPush(push: ManualPush): Promise<PushAnswer[]> {
    return sendManualPush(push, {
      subscription: this.subscription,
      shopId: this.options.shopId,
      partnerId: this.options.partnerId,
      timestamp: this.clock.nowSeconds(),
      msgId: () => this.traceIds.hex32(),
    })
  }

  /** Resolves when no push is queued or on its way; those held back or waiting for a retry don't count. */
  async settle(): Promise<void> {
    while (this.outbox.busy() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  /** Forgets orders, pushes, calls and faults and returns to real time. Numbers go on: an order_sn is never given twice. */
  reset(keepTokens: boolean): void {
    this.clock.reset()
    this.outbox.reset()
    this.book.clear()
    this.releases.clear()
    this.faults.clear()
    this.calls.clear()
    this.pushJournal.clear()
    this.pushHealth.reset()
    this.lostPushes.clear()
    if (!keepTokens) this.tokens.reset()
  }

  close(): void {
    this.clock.reset()
    this.outbox.close()
  }

  private announceExpiry(shopId: number, expireTime: number): void {
    this.publish(12, {
      merchant_expire_soon: [],
      shop_expire_soon: [shopId],
      user_expire_soon: [],
      expire_before: expireTime,
      page_no: 1,
      total_page: 1,
    })
  }

  private announceOrder(order: Order, code: number, fields: Record<string, unknown>): void {
    this.publish(code, fields, order.shopId, order.orderSn)
  }

  private publish(code: number, data: Record<string, unknown>, shopId = this.options.shopId, ordersn?: string): void {
    const msgId = this.traceIds.hex32()
    const timestamp = this.clock.nowSeconds()
    const { partnerId } = this.options
    this.outbox.publish({
      msgId,
      code,
      body: pushEnvelope({ code, data, shopId, partnerId, timestamp, msgId }),
      ...(namesShop(code) ? { shopId } : {}),
      ...(ordersn === undefined ? {} : { ordersn }),
    })
  }
}
