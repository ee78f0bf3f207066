import type { RawShopeeOrder } from "../../client/shopee-client"
import { ShopeeCallError } from "../../client/shopee-errors"
import type { OrderState } from "../../types/recovery"
import { findDifferences, toFindings } from "../find-differences"

const never = new AbortController().signal
const seconds = (time: number) => new Date(time * 1000)

const state = (ordersn: string, changes: Partial<OrderState> = {}): OrderState => ({
  ordersn,
  shopeeStatus: "SHIPPED",
  shopeeUpdateTime: seconds(100),
  isWaiting: false,
  ...changes,
})

/** Compares orders of which Shopee says `atShopee` and we know `ours`; `meanwhile` is what arrives by itself before the end. */
async function compare(atShopee: RawShopeeOrder[], ours: OrderState[], meanwhile: OrderState[] = []) {
  let looks = 0
  const asked: string[][] = []
  const differences = await findDifferences(
    {
      getOrderDetails: async (ordersns) => {
        asked.push(ordersns)
        return atShopee.filter(({ order_sn }) => ordersns.includes(order_sn))
      },
    },
    {
      listOrderStates: async (_, ordersns) => {
        looks += 1
        const known =
          looks === 1
            ? ours
            : [...ours.filter((one) => !meanwhile.some((late) => late.ordersn === one.ordersn)), ...meanwhile]
        return known.filter(({ ordersn }) => ordersns.includes(ordersn))
      },
    },
    "7",
    atShopee.map(({ order_sn }) => ({ ordersn: order_sn, status: null })),
    never
  )
  return { ...differences, asked }
}

const order = (order_sn: string, order_status = "SHIPPED", update_time: unknown = 100): RawShopeeOrder => ({
  order_sn,
  order_status,
  update_time,
})

describe("comparing with Shopee's orders", () => {
  it("finds what is missing, behind and waiting, and leaves alone what is right", async () => {
    const found = await compare(
      [
        order("RIGHT"),
        order("MISSING"),
        order("CHANGED", "SHIPPED", 101),
        order("SAME_SECOND", "COMPLETED"),
        order("HELD"),
      ],
      [state("RIGHT"), state("CHANGED"), state("SAME_SECOND"), state("HELD", { isWaiting: true })]
    )
    expect(found).toMatchObject({
      matching: ["RIGHT"],
      missing: ["MISSING"],
      stale: ["CHANGED", "SAME_SECOND"],
      waiting: ["HELD"],
    })
    // The inbox has to find that change, and not a copy of the order from before it.
    expect(toFindings(found)).toEqual([
      { ordersn: "MISSING", kind: "missing" },
      { ordersn: "CHANGED", kind: "stale", updateTime: seconds(101) },
      { ordersn: "SAME_SECOND", kind: "stale", updateTime: seconds(100) },
    ])
    // What is missing or waits is read by the inbox anyway.
    expect(found.asked).toEqual([["RIGHT", "CHANGED", "SAME_SECOND"]])
  })

  it("takes for no finding what arrives by itself while it compares", async () => {
    const found = await compare(
      [order("LATE"), order("MOVED", "COMPLETED", 105), order("COMING", "SHIPPED", 105)],
      [state("MOVED"), state("COMING")],
      [
        state("LATE"),
        state("MOVED", { shopeeStatus: "COMPLETED", shopeeUpdateTime: seconds(106) }),
        state("COMING", { isWaiting: true }),
      ]
    )
    expect(found).toMatchObject({ missing: [], stale: [], waiting: ["COMING"] })
    expect(found.matching.sort()).toEqual(["LATE", "MOVED"])
  })

  it("takes a reading that is ahead of Shopee's answer for right, and one without a time for behind", async () => {
    const found = await compare(
      [order("AHEAD"), order("NEVER_READ"), order("NO_TIME", "SHIPPED", "soon")],
      [
        state("AHEAD", { shopeeUpdateTime: seconds(101) }),
        state("NEVER_READ", { shopeeUpdateTime: null }),
        state("NO_TIME"),
      ]
    )
    expect(found).toMatchObject({ matching: ["AHEAD", "NO_TIME"], stale: ["NEVER_READ"] })
  })

  it("leaves an order that Shopee lists but doesn't show to the inbox", async () => {
    const found = await findDifferences(
      { getOrderDetails: async () => [] },
      { listOrderStates: async (_, ordersns) => ordersns.map((ordersn) => state(ordersn)) },
      "7",
      [{ ordersn: "GONE", status: "SHIPPED" }],
      never
    )
    expect(found.stale).toEqual(["GONE"])
  })

  it("counts nothing when Shopee can't be read: half a comparison proves nothing", async () => {
    const down = new ShopeeCallError({
      kind: "transient",
      endpoint: "order/get_order_detail",
      code: "(x)",
      reason: "down.",
    })
    await expect(
      findDifferences(
        {
          getOrderDetails: async () => {
            throw down
          },
        },
        { listOrderStates: async () => [state("A")] },
        "7",
        [{ ordersn: "A", status: null }],
        never
      )
    ).rejects.toBe(down)
  })

  it("asks for fifty orders at a time", async () => {
    const many = Array.from({ length: 120 }, (_, index) => order(`SN${index}`))
    const found = await compare(
      many,
      many.map(({ order_sn }) => state(order_sn))
    )
    expect(found.asked.map((batch) => batch.length)).toEqual([50, 50, 20])
    expect(found.matching).toHaveLength(120)
  })
})
