import { SandboxControlError, type SandboxOrder } from "../control-client"
import { startSandbox } from "../start-sandbox"
import { CARD, orderOf, PARTNER_ID, PARTNER_KEY, PUSH_KEY, SHOP_ID, startWorld, type World } from "./world"

describe("an order's life", () => {
  let world: World
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.sandbox.control.reset()
    world.receiver.received.length = 0
  })

  const life = async (orderSn: string, ...statuses: string[]): Promise<SandboxOrder> => {
    for (const status of statuses) await world.sandbox.control.moveOrder(orderSn, status)
    return world.sandbox.control.order(orderSn)
  }

  it("goes from UNPAID to COMPLETED with payment, packages, pickup and delivery on the way", async () => {
    const { order_sn } = await world.sandbox.control.createOrder(orderOf())
    expect(await life(order_sn, "READY_TO_SHIP")).toMatchObject({ paid: true, packages: [{ tracking_number: "" }] })
    expect(await life(order_sn, "PROCESSED", "SHIPPED")).toMatchObject({
      shipped: true,
      packages: [{ tracking_number: expect.stringMatching(/^SPXSG/), logistics_status: "LOGISTICS_PICKUP_DONE" }],
    })
    expect(await life(order_sn, "TO_CONFIRM_RECEIVE", "COMPLETED")).toMatchObject({
      order_status: "COMPLETED",
      completed_scenario: "NORMAL",
      packages: [{ logistics_status: "LOGISTICS_DELIVERY_DONE" }],
    })
  })

  it.each([
    ["UNPAID", "SHIPPED"],
    ["READY_TO_SHIP", "COMPLETED"],
    ["SHIPPED", "READY_TO_SHIP"],
    ["CANCELLED", "READY_TO_SHIP"],
    ["COMPLETED", "CANCELLED"],
  ])("can't go from %s to %s unless it is forced", async (from, to) => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: from }))
    await expect(control.moveOrder(order_sn, to)).rejects.toThrow(
      new SandboxControlError(`an order can't go from ${from} to ${to}`, 400)
    )
    expect((await control.order(order_sn)).order_status).toBe(from)
    expect((await control.moveOrder(order_sn, to, { force: true })).order_status).toBe(to)
  })

  it("comes back from a rejected cancellation, with the reasons gone", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "PROCESSED" }))
    expect(await control.moveOrder(order_sn, "IN_CANCEL", { cancel_reason: "FOUND_CHEAPER" })).toMatchObject({
      cancel_by: "buyer",
      cancel_reason: "FOUND_CHEAPER",
    })
    expect(await life(order_sn, "PROCESSED")).toMatchObject({ cancel_by: "", cancel_reason: "" })
  })

  it("keeps reason and tracking of an order cancelled after shipping", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "SHIPPED" }))
    const cancelled = await control.moveOrder(order_sn, "CANCELLED", {
      cancel_by: "system",
      cancel_reason: "LOST_PARCEL",
    })
    expect(cancelled).toMatchObject({
      shipped: true,
      cancel_by: "system",
      cancel_reason: "LOST_PARCEL",
      packages: [{ logistics_status: "LOGISTICS_DELIVERY_FAILED" }],
      item_list: [{ active_qty: 0, cancelled_qty: 2 }],
    })
    expect(cancelled.total_amount).toBe(26.99)
  })

  it("takes the steps before a given first status silently: one push, everything in place", async () => {
    const { control } = world.sandbox
    const order = await control.createOrder(orderOf({ status: "COMPLETED", create_time: 1_795_000_000 }))
    await control.settlePushes()
    expect(order).toMatchObject({ paid: true, shipped: true, update_time: 1_795_000_000 })
    expect(world.receiver.received.map((push) => push.body.data.status)).toEqual(["COMPLETED"])
  })

  it("announces each status with push 3, tracking with push 4, documents with push 15 and a return with push 29", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf())
    await control.moveOrder(order_sn, "READY_TO_SHIP")
    await control.moveOrder(order_sn, "PROCESSED", { packages: 2, document_push: true })
    await control.moveOrder(order_sn, "SHIPPED", { push: false })
    const returned = await control.moveOrder(order_sn, "TO_RETURN")
    await control.moveOrder(order_sn, "COMPLETED", { completed_scenario: "RRAOC" })
    await control.settlePushes()
    const bodies = world.receiver.received.map((push) => push.body)
    const byCode = (code: number) => bodies.filter((body) => body.code === code).map((body) => body.data)
    expect(byCode(3).map((data) => data.status)).toEqual([
      "UNPAID",
      "READY_TO_SHIP",
      "PROCESSED",
      "TO_RETURN",
      "COMPLETED",
    ])
    expect(byCode(3).at(-1)).toMatchObject({ ordersn: order_sn, completed_scenario: "RRAOC", items: [] })
    expect(byCode(4)).toHaveLength(2)
    expect(byCode(4)[0]).toMatchObject({ ordersn: order_sn, forder_id: expect.stringMatching(/^58\d{17}$/) })
    expect(byCode(15)).toHaveLength(2)
    expect(byCode(29)).toMatchObject([{ order_sn, return_sn: returned.returns[0]?.return_sn }])
  })

  it("announces a package's new tracking number and can repeat a status", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "PROCESSED", push: false }))
    await control.updateOrder(order_sn, { packages: [{ index: 0, tracking_number: "NEW-1" }], push: true })
    await control.settlePushes()
    expect(world.receiver.received.map((push) => push.body.code).sort()).toEqual([3, 4])
  })

  it("sends no push for UNPAID → PENDING", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ push: false }))
    await control.moveOrder(order_sn, "PENDING")
    await control.settlePushes()
    expect(world.receiver.received).toEqual([])
  })

  it("refuses a spec without lines, with a wrong field, or with a number that exists, and says which", async () => {
    const { control } = world.sandbox
    await expect(control.createOrder({ lines: [] })).rejects.toThrow("at least one line")
    await expect(control.createOrder({ lines: [{ ...CARD, price: Number.NaN }] })).rejects.toThrow(
      "lines[0].price is missing"
    )
    await control.createOrder(orderOf({ ordersn: "261123TWICE001" }))
    await expect(control.createOrder(orderOf({ ordersn: "261123TWICE001" }))).rejects.toThrow("261123TWICE001 exists")
    await expect(control.order("261123NOTHERE")).rejects.toThrow("no order 261123NOTHERE")
  })

  it("gives the same numbers for the same seed, others for another, and goes on after a reset", async () => {
    const numbers = async (seed: number, calls: number) => {
      const sandbox = await startSandbox({
        partnerId: PARTNER_ID,
        partnerKey: PARTNER_KEY,
        pushKey: PUSH_KEY,
        shopId: SHOP_ID,
        seed,
      })
      for (let call = 0; call < calls; call++) await fetch(`${sandbox.apiBaseUrl}/order/get_order_list`)
      const first = await sandbox.control.createOrder(orderOf())
      await sandbox.control.reset()
      const second = await sandbox.control.createOrder(orderOf())
      await sandbox.close()
      return [first.order_sn, second.order_sn]
    }
    const [first, second] = await numbers(7, 0)
    expect(first).toMatch(/^\d{6}[0-9A-Z]{8}$/)
    expect(second).not.toBe(first)
    expect(await numbers(7, 3)).toEqual([first, second])
    expect(await numbers(8, 0)).not.toEqual([first, second])
  })
})
