import { Modules } from "@medusajs/framework/utils"
import type { OrderSpec, SandboxOrder } from "../../../sandbox/control-client"
import { TCG_MODULE } from "../../../src/modules/tcg"
import type TcgModuleService from "../../../src/modules/tcg/service"
import { shopPart } from "../../support/shop-suite"
import { shownOrder } from "../../support/admin-orders"
import { stockOf } from "../../support/shopee-shop"

/** A card in a grader's slab: every copy is one of its kind. */
const SLAB = "EMB-014-PSA10"
const RAW = "TID-102-LP"

/** Product paper §1 #15: which slab belongs to which order. */
export const copies = shopPart({ stock: { [SLAB]: 5, [RAW]: 50 } }, (shop) => {
  let tcg: TcgModuleService
  let slabVariantId: string

  beforeEach(async () => {
    tcg = shop.container.resolve<TcgModuleService>(TCG_MODULE)
    const [variant] = await shop.container.resolve(Modules.PRODUCT).listProductVariants({ sku: SLAB })
    slabVariantId = variant?.id ?? ""
    await addSlabs("111", "222", "333")
  })

  afterEach(() => jest.restoreAllMocks())

  async function addSlabs(...certs: string[]): Promise<void> {
    for (const cert_number of certs) {
      await tcg.createTcgSerializedItems({ variant_id: slabVariantId, cert_number, grader: "PSA", grade: "10" })
    }
  }

  const place = (quantity: number, spec: Partial<OrderSpec> = {}): Promise<SandboxOrder> =>
    shop.sandbox.control.createOrder({
      lines: [
        { sku: SLAB, name: "Ember Drake PSA 10", price: 250, quantity },
        { sku: RAW, name: "Tide Sprite", price: 7.3, quantity: 3 },
      ],
      push: false,
      status: "READY_TO_SHIP",
      ...spec,
    })

  const follow = (...orders: SandboxOrder[]) => shop.follow(...orders.map(({ order_sn }) => order_sn))

  async function move({ order_sn }: SandboxOrder, ...statuses: string[]): Promise<void> {
    for (const status of statuses) {
      await shop.move(order_sn, status)
    }
    await shop.follow(order_sn)
  }

  /** Status and order of every slab, by certificate. */
  async function slabs(): Promise<string[]> {
    const rows = await tcg.listTcgSerializedItems({}, { order: { cert_number: "ASC" } })
    return rows.map(({ cert_number, status, reserved_order }) =>
      [cert_number, status, reserved_order].filter((part) => part !== null).join(" ")
    )
  }

  async function slabLine({ order_sn }: SandboxOrder) {
    const { id, items } = await shownOrder(shop.container, order_sn)
    const line = items.find(({ variant_sku }) => variant_sku === SLAB)
    const copies: unknown = line?.metadata.serialized_copies
    const certs = Array.isArray(copies) ? copies.map(({ cert_number }: { cert_number: string }) => cert_number) : copies
    return { orderId: id, certs }
  }

  const openExceptions = () => shop.exceptions({ status: "open" })

  it("an order's slabs are set aside and named on its line, sold when they leave, and for sale again when they came back", async () => {
    const order = await place(2)
    const display = `SHP-${order.order_sn}`
    await follow(order)
    expect(await slabs()).toEqual([`111 reserved ${display}`, `222 reserved ${display}`, "333 available"])
    const { orderId, certs } = await slabLine(order)
    expect(certs).toEqual(["111", "222"])
    const items = (await shownOrder(shop.container, order.order_sn)).items
    expect(items.find(({ variant_sku }) => variant_sku === RAW)?.metadata).not.toHaveProperty("serialized_copies")

    await move(order, "PROCESSED")
    expect(await slabs()).toEqual([`111 reserved ${display}`, `222 reserved ${display}`, "333 available"])
    await move(order, "SHIPPED")
    expect(await slabs()).toEqual([`111 sold ${display}`, `222 sold ${display}`, "333 available"])
    await move(order, "COMPLETED")
    expect(await shownOrder(shop.container, order.order_sn)).toMatchObject({ status: "completed" })
    expect(await slabs()).toEqual([`111 sold ${display}`, `222 sold ${display}`, "333 available"])

    const orders = shop.container.resolve(Modules.ORDER)
    const lines = await orders.listOrderLineItems({}, { select: ["id", "variant_sku"] })
    const returned = [{ id: lines.find((line) => line.variant_sku === SLAB)?.id ?? "", quantity: 1 }]
    const { id: return_id } = await orders.createReturn({ order_id: orderId, items: returned })
    await follow(order)
    expect(await slabs()).toEqual([`111 sold ${display}`, `222 sold ${display}`, "333 available"])
    await orders.receiveReturn({ return_id, items: returned })
    await follow(order)
    expect(await slabs()).toEqual([`111 sold ${display}`, "222 available", "333 available"])
    expect((await slabLine(order)).certs).toEqual(["111"])
    expect(await openExceptions()).toEqual([])
  })

  it("a cancellation frees the slabs, before and after packing, and the next order gets them", async () => {
    const [open, packed] = [await place(1), await place(1)]
    await follow(open, packed)
    await move(packed, "PROCESSED")
    await move(open, "CANCELLED")
    await move(packed, "CANCELLED")
    expect(await slabs()).toEqual(["111 available", "222 available", "333 available"])
    expect((await slabLine(open)).certs).toEqual([])

    const next = await place(1)
    await follow(next)
    expect(await slabs()).toEqual([`111 reserved SHP-${next.order_sn}`, "222 available", "333 available"])
    expect(await shownOrder(shop.container, open.order_sn)).toMatchObject({ status: "canceled" })
  })

  it("an order that is first seen cancelled, and a cancellation after shipping, leave the slabs as they are", async () => {
    const cancelled = await place(1, { status: "CANCELLED" })
    const shipped = await place(1)
    await move(shipped, "PROCESSED", "SHIPPED")
    await move(shipped, "CANCELLED")
    await follow(cancelled)
    expect(await slabs()).toEqual([`111 sold SHP-${shipped.order_sn}`, "222 available", "333 available"])
  })

  it("of two orders of one batch for the last slabs the older one gets them; the other is imported, reported, and served later", async () => {
    const now = Math.floor(Date.now() / 1000)
    const second = await place(2, { create_time: now - 60 })
    const first = await place(2, { create_time: now - 120 })
    await follow(first, second)
    expect(await slabs()).toEqual([
      `111 reserved SHP-${first.order_sn}`,
      `222 reserved SHP-${first.order_sn}`,
      `333 reserved SHP-${second.order_sn}`,
    ])
    const [oversold, ...others] = await openExceptions()
    expect(others).toEqual([])
    expect(oversold).toMatchObject({ error_class: "oversold", ordersn: second.order_sn, details: { skus: [SLAB] } })
    expect(oversold?.error_message).toContain(SLAB)
    expect(await stockOf(shop.container, SLAB)).toEqual({ stocked: 5, reserved: 4 })

    await follow(second)
    expect(await slabs()).toHaveLength(3)
    await addSlabs("444")
    await follow(second)
    expect((await slabLine(second)).certs).toEqual(["333", "444"])
    expect(await openExceptions()).toMatchObject([{ id: oversold?.id }])
  })

  it("an import that died before the slabs were set aside is finished, also when it is next heard of shipped", async () => {
    const order = await place(2)
    await follow(order)
    const held = await tcg.listHeldCopies([`SHP-${order.order_sn}`])
    await tcg.releaseSerializedItems(held.map(({ reserved_for }) => reserved_for))
    await move(order, "PROCESSED", "SHIPPED")
    expect(await slabs()).toEqual([`111 sold SHP-${order.order_sn}`, `222 sold SHP-${order.order_sn}`, "333 available"])
  })

  it("a failed import leaves no slab set aside", async () => {
    const order = await place(1)
    const fail = jest
      .spyOn(shop.container.resolve(Modules.PAYMENT), "createPaymentCollections")
      .mockRejectedValue(new Error("the disk is full"))
    await follow(order)
    expect(fail).toHaveBeenCalled()
    expect(await slabs()).toEqual(["111 available", "222 available", "333 available"])
    expect(await openExceptions()).toMatchObject([{ error_class: "medusa_workflow_failed" }])
  })

  it("a batch of orders costs one statement for its slabs, and none when its cards have no copies", async () => {
    const reserve = jest.spyOn(tcg, "reserveSerializedItems")
    const raw = { lines: [{ sku: RAW, name: "Tide Sprite", price: 7.3, quantity: 1 }] }
    await follow(await place(1), await place(1), await place(1, raw), await place(1))
    expect(reserve).toHaveBeenCalledTimes(1)
    reserve.mockClear()
    const note = jest.spyOn(shop.container.resolve(Modules.ORDER), "updateOrderLineItems")
    await follow(await place(1, raw), await place(1, raw))
    expect(reserve.mock.calls.flat(2)).toEqual([])
    expect(note).not.toHaveBeenCalled()
  })
})
