import type { JsonReader } from "../json-reader"
import { describeReturn } from "../returns/return-detail"
import type { Sandbox } from "../sandbox"
import type { ControlRoute } from "./control-route"
import type { ReturnMove, ReturnSpec } from "./return-spec"

/** Opening and moving returns. */
export function returnControl(sandbox: Sandbox): ControlRoute[] {
  return [
    {
      method: "POST",
      path: "/orders/:id/returns",
      handle: ({ id, body }) => {
        const { order, request } = sandbox.returns.open(id, readReturnSpec(body))
        return describeReturn(order, request)
      },
    },
    {
      method: "POST",
      path: "/returns/:id",
      handle: ({ id, body }) => {
        const { order, request } = sandbox.returns.move(id, readReturnMove(body))
        return describeReturn(order, request)
      },
    },
  ]
}

/** @throws JsonShapeError */
function readReturnSpec(spec: JsonReader): ReturnSpec {
  return {
    lines: spec.objects("lines")?.map((line) => ({
      index: line.requiredNumber("index"),
      quantity: line.requiredNumber("quantity"),
    })),
    refund_amount: spec.number("refund_amount"),
    refund_only: spec.boolean("refund_only"),
    needs_logistics: spec.boolean("needs_logistics"),
    request_type: spec.number("request_type"),
    validation_type: spec.string("validation_type"),
    reason: spec.string("reason"),
    status: spec.string("status"),
    push: spec.boolean("push"),
    force: spec.boolean("force"),
    at: spec.number("at"),
  }
}

/** @throws JsonShapeError */
function readReturnMove(move: JsonReader): ReturnMove {
  return {
    status: move.string("status"),
    logistics_status: move.string("logistics_status"),
    tracking_number: move.string("tracking_number"),
    refund_amount: move.number("refund_amount"),
    seller_proof_status: move.string("seller_proof_status"),
    push: move.boolean("push"),
    at: move.number("at"),
  }
}
