import type { OrderListPage, OrderListQuery } from "../../client/shopee-client"
import { IncompleteListError } from "../../client/read-windows"
import { type OrderLister, readOrderList } from "../read-order-list"

const DAY_MS = 86_400_000
const NOW = new Date("2026-11-25T19:00:00Z")
const ago = (days: number) => new Date(NOW.getTime() - days * DAY_MS)
const never = new AbortController().signal

/** A shop's list as Shopee pages it: newest first, by offset, read afresh with each call. */
class ShiftingList {
  readonly queries: OrderListQuery[] = []
  /** Called before each page, with how many were read. */
  beforePage: (pages: number) => void = () => undefined

  constructor(
    public orders: { sn: string; time: Date }[],
    private readonly pageSize = 3
  ) {}

  get lister(): OrderLister {
    return {
      getOrderList: async (query) => {
        this.beforePage(this.queries.length)
        this.queries.push(query)
        return this.page(query)
      },
    }
  }

  move(sn: string, time: Date): void {
    this.orders = this.orders.map((order) => (order.sn === sn ? { sn, time } : order))
  }

  private page({ from, to, cursor }: OrderListQuery): OrderListPage {
    const matching = this.orders
      .filter(({ time }) => time >= from && time <= to)
      .sort((a, b) => b.time.getTime() - a.time.getTime())
    const start = Number(cursor || 0)
    const end = start + this.pageSize
    return {
      orders: matching.slice(start, end).map(({ sn }) => ({ orderSn: sn, orderStatus: "SHIPPED" })),
      more: end < matching.length,
      nextCursor: end < matching.length ? String(end) : "",
    }
  }
}

const listOf = (count: number) =>
  new ShiftingList(Array.from({ length: count }, (_, index) => ({ sn: `SN${index}`, time: ago(0.01 * (index + 1)) })))

describe("reading the list of orders", () => {
  it("reads every page, once more to be sure when there are several, and a single page once", async () => {
    const several = listOf(8)
    const read = await readOrderList(several.lister, "update_time", { from: ago(1), to: NOW }, never)
    expect([...read.keys()].sort()).toEqual(several.orders.map(({ sn }) => sn).sort())
    expect(several.queries).toHaveLength(6)

    const single = listOf(3)
    expect((await readOrderList(single.lister, "update_time", { from: ago(1), to: NOW }, never)).size).toBe(3)
    expect(single.queries).toHaveLength(1)
  })

  it("loses no order that slips onto a page already read, because one before it changed meanwhile", async () => {
    const list = listOf(8)
    // SN0 is changed after the first page was read: SN3 moves up to it, and the second page begins with SN4.
    list.beforePage = (pages) => {
      if (pages === 1) {
        list.move("SN0", new Date(NOW.getTime() + 1_000))
      }
    }
    const read = await readOrderList(list.lister, "update_time", { from: ago(1), to: NOW }, never)
    expect(read.has("SN3")).toBe(true)
    expect(read.size).toBe(8)
  })

  it("fails loudly when the list never comes to rest, or its cursor goes round in circles", async () => {
    const restless = listOf(4)
    restless.beforePage = (pages) => restless.orders.push({ sn: `NEW${pages}`, time: ago(0.5) })
    await expect(readOrderList(restless.lister, "update_time", { from: ago(1), to: NOW }, never)).rejects.toThrow(
      IncompleteListError
    )
    const circle: OrderLister = {
      getOrderList: async ({ cursor }) => ({ orders: [], more: true, nextCursor: cursor === "a" ? "b" : "a" }),
    }
    await expect(readOrderList(circle, "update_time", { from: ago(1), to: NOW }, never)).rejects.toThrow(/in circles/)
  })

  it("cuts a long range into windows of at most 15 days, whole seconds included, that overlap", async () => {
    const list = new ShiftingList([
      { sn: "OLD", time: ago(41) },
      { sn: "NEW", time: ago(0.2) },
    ])
    const read = await readOrderList(list.lister, "create_time", { from: ago(42), to: NOW }, never)
    expect([...read.keys()]).toEqual(["OLD", "NEW"])
    expect(list.queries).toHaveLength(3)
    list.queries.forEach(({ from, to, timeRangeField }, index) => {
      expect(timeRangeField).toBe("create_time")
      expect(Math.ceil(to.getTime() / 1000) - Math.floor(from.getTime() / 1000)).toBeLessThanOrEqual(15 * 86_400)
      expect(list.queries[index + 1]?.from.getTime() ?? 0).toBeLessThan(to.getTime())
    })
  })

  it("stops between two pages when it is told to", async () => {
    const controller = new AbortController()
    const list = listOf(8)
    list.beforePage = () => controller.abort(new Error("stopped"))
    await expect(
      readOrderList(list.lister, "update_time", { from: ago(1), to: NOW }, controller.signal)
    ).rejects.toThrow("stopped")
    expect(list.queries).toHaveLength(1)
  })
})
