import { shopeeItem, shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import type { PackageStage } from "../../types/plan"
import { packageTargets } from "../package-targets"

const targets = (fields: Record<string, unknown>, trackingNumbers: [string, string][] = []) =>
  packageTargets(normalizeShopeeOrder(shopeeOrder(fields)), new Map(trackingNumbers))

const item = (id: number, fields: Record<string, unknown> = {}) =>
  shopeeItem({ item_id: id, model_id: id + 10, order_item_id: id, model_quantity_purchased: 1, ...fields })

const inParcel = (id: number, model_quantity: number | null = 1, fields: Record<string, unknown> = {}) => ({
  item_id: id,
  model_id: id + 10,
  order_item_id: id,
  model_quantity,
  ...fields,
})

const parcel = (package_number: string, item_list: unknown[], logistics_status = "LOGISTICS_REQUEST_CREATED") =>
  shopeePackage({ package_number, item_list, logistics_status })

const keyOf = (id: number, ordinal = 0) => `${id}:${id}:${id + 10}:${ordinal}`

const WHOLE_SAMPLE = [{ key: "700100200:700100200:880001:0", quantity: 2 }]

/** The fulfilment column of the status contract (product paper §6.1). */
describe("packageTargets", () => {
  it.each<[string, PackageStage]>([
    ["UNPAID", "open"],
    ["READY_TO_SHIP", "open"],
    ["PROCESSED", "packed"],
    ["RETRY_SHIP", "packed"],
    ["SHIPPED", "shipped"],
    ["TO_CONFIRM_RECEIVE", "shipped"],
    ["TO_RETURN", "shipped"],
    ["COMPLETED", "delivered"],
  ])("%s has its parcel %s", (order_status, stage) => {
    expect(targets({ order_status })).toEqual([
      {
        packageNumber: "OFG900000000001",
        stage,
        trackingNumber: null,
        carrier: "Sample Express",
        items: WHOLE_SAMPLE,
      },
    ])
  })

  it.each(["IN_CANCEL", "INVOICE_PENDING", "NEXT_YEARS_STATUS", "shipped"])(
    "%s says nothing of parcels, whatever their own status",
    (order_status) => {
      const package_list = [shopeePackage({ logistics_status: "LOGISTICS_PICKUP_DONE" })]
      expect(targets({ order_status, package_list })).toEqual([])
    }
  )

  describe("a cancelled order", () => {
    const cancelled = (...statuses: string[]) =>
      targets({
        order_status: "CANCELLED",
        item_list: [item(1, { active_qty: 0, cancelled_qty: 1 }), item(2, { active_qty: 0, cancelled_qty: 1 })],
        package_list: statuses.map((status, index) => parcel(`P${index + 1}`, [inParcel(index + 1)], status)),
      })

    it.each(["LOGISTICS_READY", "LOGISTICS_REQUEST_CANCELED", "LOGISTICS_INVALID", "LOGISTICS_REQUEST_CREATED"])(
      "has no parcels when none of them left (%s)",
      (status) => {
        expect(cancelled(status, status)).toEqual([])
      }
    )

    it.each<[string, PackageStage]>([
      ["LOGISTICS_PICKUP_DONE", "shipped"],
      ["LOGISTICS_DELIVERY_FAILED", "shipped"],
      ["LOGISTICS_LOST", "shipped"],
      ["LOGISTICS_DELIVERY_DONE", "delivered"],
    ])("has a parcel that left all the same (%s), with what was in it, and others that did not", (status, stage) => {
      expect(cancelled(status, "LOGISTICS_REQUEST_CANCELED")).toMatchObject([
        { packageNumber: "P1", stage, items: [{ key: keyOf(1), quantity: 1 }] },
        { packageNumber: "P2", stage: "open" },
      ])
    })
  })

  it("shares out the same when Shopee lists parcels or lines in another sequence", () => {
    const items = [item(1, { model_discounted_price: 5 }), item(1, { model_discounted_price: 9 })]
    const parcels = [parcel("P1", [inParcel(1)]), parcel("P2", [inParcel(1)])]
    const listed = (item_list: unknown[], package_list: unknown[]) =>
      Object.fromEntries(
        targets({ order_status: "PROCESSED", item_list, package_list }).map(({ packageNumber, items: held }) => [
          packageNumber,
          held,
        ])
      )

    expect(listed([...items].reverse(), [...parcels].reverse())).toEqual(listed(items, parcels))
  })

  describe("a parcel's own logistics status", () => {
    it.each<[string, string, PackageStage]>([
      ["PROCESSED", "LOGISTICS_PICKUP_DONE", "shipped"],
      ["PROCESSED", "LOGISTICS_DELIVERY_DONE", "delivered"],
      ["SHIPPED", "LOGISTICS_DELIVERY_DONE", "delivered"],
      ["SHIPPED", "LOGISTICS_DELIVERY_FAILED", "shipped"],
      ["RETRY_SHIP", "LOGISTICS_DELIVERY_FAILED", "shipped"],
      ["TO_CONFIRM_RECEIVE", "LOGISTICS_DELIVERY_DONE", "delivered"],
      ["TO_RETURN", "LOGISTICS_DELIVERY_DONE", "delivered"],
    ])("of an order that is %s, %s means %s", (order_status, logistics_status, stage) => {
      expect(targets({ order_status, package_list: [shopeePackage({ logistics_status })] })).toMatchObject([{ stage }])
    })

    it.each<[string, string | null, PackageStage]>([
      ["COMPLETED", "LOGISTICS_PICKUP_DONE", "delivered"],
      ["SHIPPED", "LOGISTICS_READY", "shipped"],
      ["SHIPPED", "LOGISTICS_NEXT_YEARS", "shipped"],
      ["PROCESSED", "LOGISTICS_PICKUP_RETRY", "packed"],
      ["PROCESSED", null, "packed"],
    ])("never holds a parcel back: of an order that is %s, %s means %s", (order_status, logistics_status, stage) => {
      expect(targets({ order_status, package_list: [shopeePackage({ logistics_status })] })).toMatchObject([{ stage }])
    })

    it("moves that parcel only: an order's status follows its slowest one", () => {
      const item_list = [item(1), item(2), item(3)]
      const package_list = [
        parcel("P1", [inParcel(1)], "LOGISTICS_DELIVERY_DONE"),
        parcel("P2", [inParcel(2)], "LOGISTICS_PICKUP_DONE"),
        parcel("P3", [inParcel(3)], "LOGISTICS_READY"),
      ]
      const stages = (order_status: string) =>
        targets({ order_status, item_list, package_list }).map(({ stage }) => stage)

      expect(stages("READY_TO_SHIP")).toEqual(["delivered", "shipped", "open"])
      expect(stages("PROCESSED")).toEqual(["delivered", "shipped", "packed"])
      expect(stages("SHIPPED")).toEqual(["delivered", "shipped", "shipped"])
    })
  })

  describe("what is in a parcel", () => {
    const items = (item_list: unknown[], package_list: unknown[]) =>
      targets({ order_status: "PROCESSED", item_list, package_list }).map((target) => target.items)

    it("is what Shopee put into each", () => {
      const package_list = [parcel("P1", [inParcel(1), inParcel(2, 2)]), parcel("P2", [inParcel(2, 1)])]

      expect(items([item(1), item(2, { model_quantity_purchased: 3 })], package_list)).toEqual([
        [
          { key: keyOf(1), quantity: 1 },
          { key: keyOf(2), quantity: 2 },
        ],
        [{ key: keyOf(2), quantity: 1 }],
      ])
    })

    it("gives away each piece of two lines with the same ids once", () => {
      const cheap = item(1, { model_quantity_purchased: 2, model_discounted_price: 5 })
      const dear = item(1, { model_quantity_purchased: 2, model_discounted_price: 9 })

      expect(items([cheap, dear], [parcel("P1", [inParcel(1, 3)]), parcel("P2", [inParcel(1, 1)])])).toEqual([
        [
          { key: keyOf(1, 0), quantity: 2 },
          { key: keyOf(1, 1), quantity: 1 },
        ],
        [{ key: keyOf(1, 1), quantity: 1 }],
      ])
    })

    it("is all of a line when an item comes without quantity, and nothing of it is left for the next parcel", () => {
      const lines = [item(1, { model_quantity_purchased: 2 }), item(2)]
      const package_list = [parcel("P1", [inParcel(1, null)]), parcel("P2", [inParcel(1, null), inParcel(2)])]

      expect(items(lines, package_list)).toEqual([[{ key: keyOf(1), quantity: 2 }], [{ key: keyOf(2), quantity: 1 }]])
    })

    it("is never more than was ordered", () => {
      expect(items([item(1)], [parcel("P1", [inParcel(1, 5)])])).toEqual([[{ key: keyOf(1), quantity: 1 }]])
    })

    it("is what is still to be delivered: cancelled pieces go with no parcel, a cancelled line with 0 pieces", () => {
      const lines = [
        item(1, { model_quantity_purchased: 3, active_qty: 1, cancelled_qty: 2 }),
        item(2, { active_qty: 0, cancelled_qty: 1 }),
      ]

      expect(items(lines, [parcel("P1", [inParcel(1, 3), inParcel(2)])])).toEqual([
        [
          { key: keyOf(1), quantity: 1 },
          { key: keyOf(2), quantity: 0 },
        ],
      ])
    })

    it("knows a line by its ids when the parcel does not tell its order item", () => {
      const package_list = [parcel("P1", [inParcel(1, 1, { order_item_id: null })])]

      expect(items([item(1)], package_list)).toEqual([[{ key: keyOf(1), quantity: 1 }]])
    })

    it("tells lines of one item apart by their order item", () => {
      const lines = [item(1), item(1, { order_item_id: 7 })]
      const package_list = [parcel("P1", [inParcel(1, 1, { order_item_id: 7 })]), parcel("P2", [inParcel(1)])]

      expect(items(lines, package_list)).toEqual([[{ key: "7:1:11:0", quantity: 1 }], [{ key: keyOf(1), quantity: 1 }]])
    })

    it("leaves out what no line is; what no parcel names goes with the last", () => {
      const package_list = [parcel("P1", [inParcel(99), inParcel(1)]), parcel("P2", [inParcel(98)])]

      expect(items([item(1), item(2)], package_list)).toEqual([
        [{ key: keyOf(1), quantity: 1 }],
        [{ key: keyOf(2), quantity: 1 }],
      ])
    })

    it("is the whole order when its only parcel lists no items", () => {
      expect(items([item(1), item(2)], [parcel("P1", [])])).toEqual([
        [
          { key: keyOf(1), quantity: 1 },
          { key: keyOf(2), quantity: 1 },
        ],
      ])
    })
  })

  it.each<[string, unknown]>([
    ["none", []],
    ["no list at all", null],
    ["one without a number", [shopeePackage({ package_number: "" })]],
  ])("an order that lists no parcel (%s) is one, under the order's own number", (_, package_list) => {
    expect(targets({ order_status: "SHIPPED", package_list })).toEqual([
      { packageNumber: "260301ABCDEF08", stage: "shipped", trackingNumber: null, carrier: null, items: WHOLE_SAMPLE },
    ])
  })

  describe("the tracking number", () => {
    const order_status = "SHIPPED"
    const numbers = (package_list: unknown[], told: [string, string][]) =>
      targets({ order_status, package_list }, told).map(({ trackingNumber }) => trackingNumber)

    it("is the one that push 4 told of that parcel", () => {
      const package_list = [parcel("P1", []), parcel("P2", [])]

      expect(numbers(package_list, [["P2", "TRK2"]])).toEqual([null, "TRK2"])
    })

    it("goes before the detail's, which may lag behind", () => {
      const package_list = [shopeePackage({ package_number: "P1", tracking_number: "OLD" })]

      expect(numbers(package_list, [["P1", "NEW"]])).toEqual(["NEW"])
      expect(numbers(package_list, [["P9", "NEW"]])).toEqual(["OLD"])
    })

    it("reaches the one parcel of an order that lists none only under the order's number", () => {
      expect(numbers([], [["P1", "TRK1"]])).toEqual([null])
    })
  })
})
