import { randomUUID } from "node:crypto"
import type { SqlExecutor } from "../../../../sql-executor"
import type ShopeeConnectorService from "../../service"
import { PushCode, RawEventSource } from "../../types/enums"
import type { CompletedOrder, FailedOrder, IncomingEvent, OrderClaim } from "../../types/inbox"

export const SHOP = "7001"
export const OTHER_SHOP = "7002"

export const many = <Item>(count: number, make: (index: number) => Item): Item[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** An order push that was authentic; its own event unless an identity is given. */
export const orderEvent = (ordersn: string | null, changes: Partial<IncomingEvent> = {}): IncomingEvent => ({
  eventType: PushCode.ORDER_STATUS_UPDATE,
  shopeeEventId: null,
  shopId: SHOP,
  ordersn,
  payload: { code: PushCode.ORDER_STATUS_UPDATE, data: { ordersn } },
  rawBody: Buffer.from(`push of ${ordersn}`).toString("base64"),
  signature: "5f".repeat(32),
  signatureOk: true,
  source: RawEventSource.WEBHOOK,
  identity: randomUUID(),
  ...changes,
})

/** An event that concerns no order. */
export const shopEvent = (eventType: PushCode, changes: Partial<IncomingEvent> = {}): IncomingEvent =>
  orderEvent(null, { eventType, payload: { code: eventType }, ...changes })

/** What a claim's order is completed with: read as READY_TO_SHIP and imported. */
export const completionOf = (claim: OrderClaim, changes: Partial<CompletedOrder> = {}): CompletedOrder => ({
  id: claim.id,
  dueVersion: claim.dueVersion,
  medusaOrderId: `order_${claim.ordersn}`,
  shopeeStatus: "READY_TO_SHIP",
  shopeeUpdateTime: new Date("2026-03-01T02:00:00Z"),
  ...changes,
})

/** What a claim's order fails with: tried again after a minute. */
export const failureOf = (claim: OrderClaim, changes: Partial<FailedOrder> = {}): FailedOrder => ({
  id: claim.id,
  dueVersion: claim.dueVersion,
  retryInMs: 60_000,
  waitingSkus: null,
  waitingListings: null,
  ...changes,
})

/** The inbox of a test: the service, and SQL for what only time or another process would bring about. */
export class InboxWorld {
  constructor(
    readonly service: ShopeeConnectorService,
    private readonly database: { forkManager(): SqlExecutor }
  ) {}

  /** Runs a statement as an operator would, past the service. */
  async sql<Row>(statement: string, params: unknown[] = []): Promise<Row[]> {
    return (await this.database.forkManager().execute(statement, params)) as Row[]
  }

  /** A shop that we hold an authorisation for. */
  async authorize(shopId = SHOP, changes: Record<string, unknown> = {}): Promise<void> {
    await this.service.createShopeeAuthTokens({
      shop_id: shopId,
      access_token: "sealed",
      refresh_token: "sealed",
      expire_in: 14_400,
      expired_at: String(Date.now() + 14_400_000),
      ...changes,
    })
  }

  /** Marks orders due, in this sequence. */
  async makeDue(ordersns: string[], shopId = SHOP): Promise<void> {
    for (const ordersn of ordersns) {
      await this.service.recordEvents([orderEvent(ordersn, { shopId })])
    }
  }

  async order(ordersn: string, shopId = SHOP) {
    const [row, ...others] = await this.service.listShopeeOrderSyncs({ ordersn, shop_id: shopId })
    if (!row || others.length > 0) {
      throw new Error(`There are ${row ? others.length + 1 : 0} rows of order ${ordersn}.`)
    }
    return row
  }

  async token(shopId = SHOP) {
    const [row] = await this.service.listShopeeAuthTokens({ shop_id: shopId })
    if (!row) {
      throw new Error(`There is no token of shop ${shopId}.`)
    }
    return row
  }

  async events(ordersn: string) {
    return await this.service.listShopeeRawEvents({ ordersn })
  }

  /** Claims what is due. */
  async claim(claimId: string = randomUUID(), limit = 50, leaseMs = 30_000): Promise<OrderClaim[]> {
    return await this.service.claimDueOrders({ claimId, limit, leaseMs })
  }

  /** Claims the one order that is due. */
  async claimOne(): Promise<OrderClaim> {
    const [claim, ...others] = await this.claim()
    if (!claim || others.length > 0) {
      throw new Error(`${claim ? others.length + 1 : 0} orders were due.`)
    }
    return claim
  }

  /** Lets a claim's lease run out, as time does when its holder died. */
  async endLease(claimId: string): Promise<void> {
    await this.sql(`UPDATE shopee_order_sync SET lease_until = now() - interval '1 second' WHERE claim_id = ?`, [
      claimId,
    ])
  }
}
