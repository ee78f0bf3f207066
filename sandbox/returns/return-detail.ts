import type { SandboxReturn } from "../control/sandbox-order"
import { prorate, toMajor } from "../money"
import type { Order, OrderReturn } from "../orders/order"
import { idLiteral } from "../wire-json"

const SELLER_ACTS_WITHIN_SECONDS = 2 * 86_400

/** A return as get_return_detail answers it. */
export function returnDetail(order: Order, request: OrderReturn): Record<string, unknown> {
  const isAtWarehouse =
    request.validationType === "warehouse_validation" && request.logisticsStatus === "LOGISTICS_DELIVERY_DONE"
  return {
    ...common(order, request),
    seller_proof: { seller_proof_status: request.sellerProofStatus, seller_evidence_deadline: dueDate(request) },
    seller_compensation: { seller_compensation_status: "NOT_REQUIRED", compensation_amount: 0 },
    negotiation: {
      negotiation_status: "TERMINATED",
      latest_solution: request.refundOnly ? "REFUND" : "RETURN_REFUND",
      latest_offer_amount: toMajor(request.refund),
      latest_offer_creator: order.buyer.username,
      counter_limit: 0,
      offer_due_date: dueDate(request),
    },
    // Tells of ordinary returns only; the newer field of all of them.
    logistics_status: request.requestType === 0 ? request.logisticsStatus : "",
    reverse_logistic_status: request.logisticsStatus,
    is_arrived_at_warehouse: isAtWarehouse ? 3 : 1,
    follow_up_action_list: [],
  }
}

/** A return as get_return_list answers it: the states that the detail nests are flat here, and the way back is missing. */
export function returnEntry(order: Order, request: OrderReturn): Record<string, unknown> {
  return {
    ...common(order, request),
    negotiation_status: "TERMINATED",
    seller_proof_status: request.sellerProofStatus,
    seller_compensation_status: "NOT_REQUIRED",
  }
}

/** The truth about a return, as `SandboxReturn` describes it. */
export function describeReturn(order: Order, request: OrderReturn): SandboxReturn {
  return {
    return_sn: request.returnSn,
    order_sn: order.orderSn,
    status: request.status,
    refund_amount: toMajor(request.refund),
    logistics_status: request.logisticsStatus,
    lines: request.contents.map(({ line, quantity }) => ({ index: order.lines.indexOf(line), quantity })),
    create_time: request.createTime,
    update_time: request.updateTime,
  }
}

function dueDate(request: OrderReturn): number {
  return request.updateTime + SELLER_ACTS_WITHIN_SECONDS
}

function common(order: Order, request: OrderReturn): Record<string, unknown> {
  return {
    image: [],
    buyer_videos: [],
    reason: request.reason,
    text_reason: "as described in the request",
    return_sn: request.returnSn,
    refund_amount: toMajor(request.refund),
    currency: order.currency,
    create_time: request.createTime,
    update_time: request.updateTime,
    status: request.status,
    due_date: dueDate(request),
    tracking_number: request.trackingNumber,
    dispute_reason: 0,
    dispute_text_reason: "",
    needs_logistics: request.needsLogistics,
    amount_before_discount: toMajor(
      request.contents.reduce((sum, { line, quantity }) => sum + line.originalPrice * quantity, 0)
    ),
    user: { username: order.buyer.username, email: "****", portrait: "" },
    item: items(request),
    order_sn: order.orderSn,
    return_ship_due_date: dueDate(request),
    return_seller_due_date: dueDate(request),
    return_pickup_address: {
      address: "****",
      name: "****",
      phone: "****",
      town: "",
      district: "",
      city: "****",
      state: "",
      region: order.region,
      zipcode: "****",
    },
    virtual_contact_number: "",
    package_query_number: "",
    return_address: { whs_id: "" },
    return_refund_type: request.afterCompletion ? "RRAOC" : "NORMAL",
    return_solution: request.refundOnly ? 1 : 0,
    is_seller_arrange: false,
    is_shipping_proof_mandatory: false,
    has_uploaded_shipping_proof: false,
    is_reverse_logistics_channel_integrated: true,
    reverse_logistic_channel_name: "SPX Express (Return)",
    return_refund_request_type: request.requestType,
    validation_type: request.validationType,
  }
}

function items(request: OrderReturn): Record<string, unknown>[] {
  const refunds = prorate(
    request.refund,
    request.contents.map(({ line, quantity }) => line.price * quantity)
  )
  return request.contents.map(({ line, quantity }, index) => ({
    model_id: idLiteral(line.modelId),
    name: line.itemName,
    images: [],
    // Pieces: a name that has misled many.
    amount: quantity,
    item_price: toMajor(line.price),
    is_add_on_deal: line.addOnDealId !== 0,
    is_main_item: line.isMainItem,
    add_on_deal_id: line.addOnDealId,
    item_id: idLiteral(line.itemId),
    item_sku: line.itemSku,
    variation_sku: line.modelSku,
    refund_amount: toMajor(refunds[index] ?? 0),
  }))
}
