import type { Sandbox } from "../sandbox"
import type { ControlRoute } from "./control-route"
import { describeOrder } from "./describe-order"
import { readMoveOptions, readOrderChange, readOrderSpec } from "./read-order-spec"

/** Making, moving, changing and looking at orders. */
export function orderControl(sandbox: Sandbox): ControlRoute[] {
  const { desk, book } = sandbox
  return [
    {
      method: "POST",
      path: "/orders",
      handle: ({ body, list }) =>
        list
          ? list.map(readOrderSpec).map((spec) => describeOrder(desk.create(spec)))
          : describeOrder(desk.create(readOrderSpec(body.fields))),
    },
    {
      method: "GET",
      path: "/orders",
      handle: ({ query }) => {
        const status = query.get("status")
        const shopId = query.get("shop_id")
        return book
          .all()
          .filter((order) => !status || order.status === status)
          .filter((order) => !shopId || order.shopId === Number(shopId))
          .map(describeOrder)
      },
    },
    { method: "GET", path: "/orders/:id", handle: ({ id }) => describeOrder(desk.find(id)) },
    {
      method: "POST",
      path: "/orders/:id/move",
      handle: ({ id, body }) => describeOrder(desk.move(id, body.requiredString("status"), readMoveOptions(body))),
    },
    {
      method: "POST",
      path: "/orders/:id",
      handle: ({ id, body }) => describeOrder(desk.change(id, readOrderChange(body))),
    },
    {
      method: "POST",
      path: "/orders/:id/adjustments",
      handle: ({ id, body }) =>
        describeOrder(desk.adjust(id, body.requiredNumber("amount"), body.string("reason") ?? "Correction")),
    },
  ]
}
