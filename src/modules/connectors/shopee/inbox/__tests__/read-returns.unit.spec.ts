import { ShopeeCallError, type ShopeeCallErrorKind } from "../../client/shopee-errors"
import { shopeeItem, shopeeOrder } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import type { ReturnHint } from "../../sql/list-return-hints"
import type { KnownReturn } from "../../types/normalized-return"
import type { OrderRead } from "../order-work"
import { addReturns } from "../read-returns"

const NOW = Math.floor(Date.now() / 1000)

const detailOf = (return_sn: string, order_sn: string, fields: Record<string, unknown> = {}) => ({
  return_sn,
  order_sn,
  status: "REQUESTED",
  refund_amount: 5,
  update_time: NOW - 60,
  item: [{ item_id: 71, model_id: 81, amount: 1 }],
  ...fields,
})

function orderRead(ordersn: string, fields: { status?: string; returning?: number } = {}): OrderRead {
  const item = { item_id: 71, model_id: 81, order_item_id: 71, return_requested_qty: fields.returning ?? 0 }
  return {
    claim: {
      id: `sosync_${ordersn}`,
      claimId: "c1",
      shopId: "7001",
      ordersn,
      dueVersion: 1,
      attempts: 0,
      firstFailedAt: null,
      medusaOrderId: null,
      shopeeUpdateTime: null,
      lastRawEventId: null,
      heardUpdateTime: null,
      rereads: 0,
    },
    order: normalizeShopeeOrder(
      shopeeOrder({
        order_sn: ordersn,
        order_status: fields.status ?? "COMPLETED",
        update_time: NOW - 30,
        item_list: [shopeeItem(item)],
      })
    ),
    trackingNumbers: new Map(),
  }
}

/** Shopee and our table, in memory; what was asked is kept. */
function world(
  options: { details?: ReturnType<typeof detailOf>[]; hints?: ReturnHint[]; failure?: ShopeeCallErrorKind } = {}
) {
  const rows = new Map<string, KnownReturn>()
  const asked: string[] = []
  const refuse = (endpoint: string) => {
    if (options.failure) {
      throw new ShopeeCallError({ kind: options.failure, endpoint, code: "x", reason: "no" })
    }
  }
  const details = options.details ?? []
  const client = {
    getReturnDetail: async (returnSn: string) => {
      asked.push(returnSn)
      refuse("returns/get_return_detail")
      const found = details.find(({ return_sn }) => return_sn === returnSn)
      if (!found) {
        throw new ShopeeCallError({ kind: "not_found", endpoint: "returns/get_return_detail", code: "x", reason: "no" })
      }
      return found
    },
    getReturnList: async () => {
      asked.push("list")
      refuse("returns/get_return_list")
      const returns = details.map(({ return_sn, order_sn, update_time }) => ({
        returnSn: return_sn,
        orderSn: order_sn,
        updatedAt: new Date(Number(update_time) * 1000),
      }))
      return { returns, more: false }
    },
  }
  const store = {
    listReturns: async (_shopId: string, ordersns: string[]) =>
      [...rows.values()].filter(({ ordersn }) => ordersns.includes(ordersn)),
    listReturnHints: async () => options.hints ?? [],
    storeReturns: async (_shopId: string, returns: Omit<KnownReturn, "refund_paid_at">[]) =>
      returns.forEach((found) => rows.set(found.return_sn, { ...found, refund_paid_at: null })),
  }
  const look = async (...reads: OrderRead[]) => {
    asked.length = 0
    const result = await addReturns(store, client, "7001", reads)
    return { ...result, asked: [...asked] }
  }
  return { look, details }
}

const hint = (ordersn: string, returnSn: string | null, toldAt = new Date()): ReturnHint => ({
  ordersn,
  returnSn,
  toldAt,
})

describe("asking about returns", () => {
  it("costs nothing for orders that have none", async () => {
    const { asked, reads } = await world().look(orderRead("A1"), orderRead("A2", { status: "SHIPPED" }))
    expect(asked).toEqual([])
    expect(reads.every(({ returns }) => returns === undefined)).toBe(true)
  })

  it("reads a return that a push named once, again while it is open, and never once it is over", async () => {
    const { look, details } = world({
      details: [detailOf("R1", "A1")],
      hints: [hint("A1", "R1", new Date(Date.now() - 5_000))],
    })
    expect((await look(orderRead("A1"))).asked).toEqual(["R1"])
    expect((await look(orderRead("A1"))).asked).toEqual(["R1"])
    details[0] = detailOf("R1", "A1", { status: "CANCELLED" })
    expect((await look(orderRead("A1"))).asked).toEqual(["R1"])
    const { asked, reads } = await look(orderRead("A1"))
    expect(asked).toEqual([])
    expect(reads[0]?.returns).toMatchObject([{ return_sn: "R1", status: "CANCELLED", final: true }])
  })

  it("reads one that is over again when a push comes after it was read", async () => {
    const hints: ReturnHint[] = [hint("A1", "R1", new Date(Date.now() - 5_000))]
    const { look } = world({ details: [detailOf("R1", "A1", { status: "CLOSED" })], hints })
    await look(orderRead("A1"))
    expect((await look(orderRead("A1"))).asked).toEqual([])
    hints[0] = hint("A1", "R1", new Date(Date.now() + 5_000))
    expect((await look(orderRead("A1"))).asked).toEqual(["R1"])
  })

  it.each([
    ["the order waits for one", orderRead("A1", { status: "TO_RETURN" }), []],
    ["pieces of it are asked for", orderRead("A1", { returning: 1 }), []],
    ["a push said so without naming it", orderRead("A1"), [hint("A1", null)]],
  ])("looks in Shopee's list for a return that nobody named when %s", async (_, read, hints) => {
    const { look } = world({ details: [detailOf("R9", "OTHER"), detailOf("R1", "A1")], hints })
    const { asked, reads } = await look(read)
    expect(asked).toEqual(["list", "R1"])
    expect(reads[0]?.returns).toMatchObject([{ return_sn: "R1" }])
  })

  it("looks for the others when more pieces come back than the named return has, with one search for all orders", async () => {
    const details = [detailOf("R1", "A1"), detailOf("R2", "A1"), detailOf("R3", "A2")]
    const { look } = world({ details, hints: [hint("A1", "R1")] })
    const { asked } = await look(orderRead("A1", { returning: 2 }), orderRead("A2", { returning: 1 }))
    expect(asked).toEqual(["R1", "list", "R2", "R3"])
  })

  it("an order whose return is nowhere to be found goes on, and is asked for again", async () => {
    const { look } = world()
    const { reads, failures } = await look(orderRead("A1", { status: "TO_RETURN" }), orderRead("A2"))
    expect(reads).toHaveLength(2)
    expect([...failures]).toMatchObject([["A1", { isOutage: false, message: expect.stringContaining("lists none") }]])
  })

  it("asks nobody else once Shopee does not answer", async () => {
    const { look } = world({ hints: [hint("A1", "R1"), hint("A2", "R2")], failure: "transient" })
    const { asked, failures } = await look(orderRead("A1"), orderRead("A2"))
    expect(asked).toEqual(["R1"])
    expect([...failures.values()].map(({ isOutage }) => isOutage)).toEqual([true, true])
  })

  it("one order's refused return does not keep the others from being read", async () => {
    const { look } = world({
      details: [detailOf("R2", "A2"), detailOf("R3", "OTHER")],
      hints: [hint("A1", "R1"), hint("A2", "R2"), hint("A3", "R3")],
    })
    const { asked, failures } = await look(orderRead("A1"), orderRead("A2"), orderRead("A3"))
    expect(asked).toEqual(["R1", "R2", "R3"])
    expect([...failures.keys()]).toEqual(["A1", "A3"])
  })
})
