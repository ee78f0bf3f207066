import type { ShopeeSDK } from "@congminh1254/shopee-sdk" with { "resolution-mode": "import" }
import type { ReturnMove } from "../control-client"
import { authorizedSdk, CARD, orderOf, startWorld, type World } from "./world"

const DAY = 86_400

/** The return API as the real SDK sees it, and how an order follows its returns. */
describe("returns", () => {
  let world: World
  let sdk: ShopeeSDK
  beforeAll(async () => {
    world = await startWorld()
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    await world.sandbox.control.reset()
    sdk = await authorizedSdk(world.sandbox)
    world.receiver.received.length = 0
  })

  const TWO_LINES = { lines: [CARD, { ...CARD, sku: "OGN-002", name: "Another card", price: 3.3, quantity: 1 }] }

  const detail = async (returnSn: string) => {
    const answer = await sdk.returns.getReturnDetail({ return_sn: returnSn })
    return { ...answer.response }
  }
  const now = () => Math.floor(Date.now() / 1000)
  const list = async (
    window: { update_time_from?: number; update_time_to?: number },
    page = { page_no: 0, page_size: 100 }
  ) => (await sdk.returns.getReturnList({ ...page, ...window })).response
  const quantities = async (ordersn: string) =>
    (await world.sandbox.control.order(ordersn)).item_list.map((line) => [line.return_requested_qty, line.returned_qty])
  const pushes = async (code: number) => {
    await world.sandbox.control.settlePushes()
    return world.receiver.received.filter(({ body }) => body.code === code).map(({ body }) => body.data)
  }

  it("a return of one line is told in detail: pieces, amount, way back; the order waits for it and says how many pieces", async () => {
    const { control } = world.sandbox
    const { order_sn, item_list } = await control.createOrder(orderOf({ ...TWO_LINES, status: "SHIPPED", push: false }))
    const opened = await control.openReturn(order_sn, { lines: [{ index: 0, quantity: 1 }], reason: "ITEM_DAMAGED" })

    expect(await detail(opened.return_sn)).toMatchObject({
      order_sn,
      return_sn: opened.return_sn,
      status: "REQUESTED",
      reason: "ITEM_DAMAGED",
      refund_amount: 12.5,
      currency: "SGD",
      needs_logistics: true,
      return_solution: 0,
      return_refund_type: "NORMAL",
      validation_type: "seller_validation",
      reverse_logistic_status: "LOGISTICS_NOT_STARTED",
      item: [{ item_id: item_list[0]?.item_id, model_id: item_list[0]?.model_id, amount: 1, refund_amount: 12.5 }],
    })
    expect((await control.order(order_sn)).order_status).toBe("TO_RETURN")
    expect(await quantities(order_sn)).toEqual([
      [1, 0],
      [0, 0],
    ])
    expect((await pushes(3)).map(({ status }) => status)).toEqual(["TO_RETURN"])
    expect(await pushes(29)).toMatchObject([
      {
        order_sn,
        return_sn: opened.return_sn,
        updated_values: [{ update_field: "return_status", new_value: "REQUESTED" }],
      },
    ])
  })

  it("each move is told by push 29; once paid the pieces count as returned and the order is completed", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "TO_CONFIRM_RECEIVE", push: false }))
    const { return_sn } = await control.openReturn(order_sn, { lines: [{ index: 0, quantity: 1 }], push: false })
    const moves: ReturnMove[] = [
      { status: "ACCEPTED" },
      { status: "PROCESSING", logistics_status: "LOGISTICS_PICKUP_DONE", tracking_number: "RN1" },
      { logistics_status: "LOGISTICS_DELIVERY_DONE" },
      { status: "REFUND_PAID" },
    ]
    for (const move of moves) await control.moveReturn(return_sn, move)

    expect(await detail(return_sn)).toMatchObject({
      status: "REFUND_PAID",
      tracking_number: "RN1",
      logistics_status: "LOGISTICS_DELIVERY_DONE",
    })
    expect(await quantities(order_sn)).toEqual([[0, 1]])
    expect((await control.order(order_sn)).order_status).toBe("COMPLETED")
    const told = (await pushes(29)).flatMap(({ updated_values }) => updated_values as { new_value: string }[])
    expect(told.map(({ new_value }) => new_value)).toEqual([
      "ACCEPTED",
      "LOGISTICS_PICKUP_DONE",
      "PROCESSING",
      "LOGISTICS_DELIVERY_DONE",
      "REFUND_PAID",
    ])
  })

  it("a return after completion leaves the order completed and says so; paid before the payout it lessens the escrow by its amount", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "COMPLETED", push: false }))
    const { return_sn } = await control.openReturn(order_sn, {
      lines: [{ index: 0, quantity: 1 }],
      refund_amount: 9.99,
    })
    expect((await detail(return_sn)).return_refund_type).toBe("RRAOC")
    expect(await pushes(3)).toMatchObject([{ ordersn: order_sn, status: "COMPLETED", completed_scenario: "RRAOC" }])

    await control.moveReturn(return_sn, { status: "REFUND_PAID" })
    const escrow = await sdk.payment.getEscrowDetail({ order_sn })
    expect(escrow.response.order_income).toMatchObject({ seller_return_refund: -9.99, total_adjustment_amount: 0 })
  })

  it("paid after the payout a refund becomes an adjustment", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "COMPLETED", push: false }))
    await control.advanceClock(4 * DAY)
    const { return_sn } = await control.openReturn(order_sn, { refund_only: true, refund_amount: 5 })
    await control.moveReturn(return_sn, { status: "REFUND_PAID" })
    const escrow = await sdk.payment.getEscrowDetail({ order_sn })
    expect(escrow.response.order_income).toMatchObject({ seller_return_refund: 0, total_adjustment_amount: -5 })
    expect(await quantities(order_sn)).toEqual([[0, 0]])
    await control.reset()
  })

  it("a refused return gives its pieces back, and another one can be opened", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "SHIPPED", push: false }))
    const first = await control.openReturn(order_sn)
    await expect(control.openReturn(order_sn, { lines: [{ index: 0, quantity: 1 }] })).rejects.toThrow("0 pieces left")
    await control.moveReturn(first.return_sn, { status: "CLOSED" })
    expect(await quantities(order_sn)).toEqual([[0, 0]])
    await expect(control.moveReturn(first.return_sn, { status: "REFUND_PAID" })).rejects.toThrow("has ended as CLOSED")
    const second = await control.openReturn(order_sn, { lines: [{ index: 0, quantity: 1 }] })
    expect((await control.order(order_sn)).returns).toMatchObject([
      { return_sn: first.return_sn, status: "CLOSED" },
      { return_sn: second.return_sn, status: "REQUESTED" },
    ])
  })

  it("an order that never left has no return, unless it is forced", async () => {
    const { control } = world.sandbox
    const { order_sn } = await control.createOrder(orderOf({ status: "READY_TO_SHIP", push: false }))
    await expect(control.openReturn(order_sn)).rejects.toThrow("was not shipped")
    expect((await control.openReturn(order_sn, { force: true })).status).toBe("REQUESTED")
  })

  it("the list pages returns by their last change, the newest first, in windows of 15 days at most", async () => {
    const { control } = world.sandbox
    const sns: string[] = []
    for (const daysAgo of [20, 3, 2]) {
      const { order_sn } = await control.createOrder(orderOf({ status: "SHIPPED", push: false }))
      sns.push((await control.openReturn(order_sn, { at: now() - daysAgo * DAY, push: false })).return_sn)
    }
    const lastFortnight = { update_time_from: now() - 14 * DAY, update_time_to: now() }
    expect((await list(lastFortnight)).return.map(({ return_sn }) => return_sn)).toEqual([sns[2], sns[1]])
    expect(await list(lastFortnight, { page_no: 0, page_size: 1 })).toMatchObject({
      more: true,
      return: [{ return_sn: sns[2] }],
    })
    expect(await list(lastFortnight, { page_no: 1, page_size: 1 })).toMatchObject({
      more: false,
      return: [{ return_sn: sns[1] }],
    })
    await expect(list({ update_time_from: now() - 16 * DAY, update_time_to: now() })).rejects.toThrow("15 days")
  })

  it("a return that this shop does not have is not found", async () => {
    await expect(detail("2206150VT13E3MQ")).rejects.toThrow("not found")
  })
})
