import { toMajor } from "../money"
import { idLiteral } from "../wire-json"
import { maskRecipient } from "./masking"
import { activeQuantity, DAYS_TO_SHIP, totalAmount, type Order, type OrderLine, type OrderPackage } from "./order"

const CARRIER = "SPX Express (Doorstep Delivery)"
const LOGISTICS_CHANNEL_ID = 18_099
const LOCATION = "SGX01"

/** Fields that come without being asked for. */
const DEFAULT_FIELDS: ReadonlySet<string> = new Set([
  "order_sn",
  "region",
  "currency",
  "cod",
  "order_status",
  "message_to_seller",
  "create_time",
  "update_time",
  "days_to_ship",
  "ship_by_date",
  "booking_sn",
  "advance_package",
  "reverse_shipping_fee",
  "pending_terms",
])

/** An answer's fields by name. */
export type DetailFields = Record<string, unknown>

/** The status callers see: PENDING only when they ask for it, else what the order was before. */
export function visibleStatus(order: Order, showPending: boolean): string {
  return order.status === "PENDING" && !showPending ? order.statusBeforePending : order.status
}

/** An order as get_order_detail answers it: the default fields, and of the others those that were asked for. */
export function orderDetail(order: Order, optionalFields: ReadonlySet<string>, showPending: boolean): DetailFields {
  const answer: DetailFields = {}
  for (const [field, value] of Object.entries(everyField(order, showPending))) {
    if (value !== undefined && (DEFAULT_FIELDS.has(field) || optionalFields.has(field))) answer[field] = value
  }
  return { ...answer, ...order.detailOverrides }
}

/** Every field get_order_detail knows, before overrides. A field that is undefined is absent. */
export function everyField(order: Order, showPending: boolean): DetailFields {
  const paid = order.payTime !== null
  return {
    order_sn: order.orderSn,
    region: order.region,
    currency: order.currency,
    cod: order.cod,
    order_status: visibleStatus(order, showPending),
    pending_terms: order.status === "PENDING" && showPending ? ["SYSTEM_PENDING"] : undefined,
    message_to_seller: order.message,
    create_time: order.createTime,
    update_time: order.updateTime,
    days_to_ship: DAYS_TO_SHIP,
    ship_by_date: order.shipByDate,
    booking_sn: "",
    advance_package: false,
    reverse_shipping_fee: 0,
    buyer_user_id: order.buyer.userId,
    buyer_username: order.buyer.username,
    estimated_shipping_fee: toMajor(order.shippingFee),
    recipient_address: maskRecipient(order.recipient, order.masked),
    actual_shipping_fee: 0,
    actual_shipping_fee_confirmed: order.shipped,
    goods_to_declare: false,
    note: order.note,
    note_update_time: order.noteUpdateTime,
    item_list: order.lines.map((line) => detailLine(order, line)),
    pay_time: order.payTime,
    // Seen both ways for the same meaning.
    dropshipper: order.sequence % 2 === 0 ? null : "",
    dropshipper_phone: order.sequence % 2 === 0 ? null : "",
    split_up: order.packages.length > 1,
    buyer_cancel_reason: order.buyerCancelReason,
    cancel_by: order.cancelBy,
    cancel_reason: order.cancelReason,
    buyer_cpf_id: null,
    fulfillment_flag: "fulfilled_by_local_seller",
    pickup_done_time: order.pickupDoneTime,
    package_list: order.packages.map((parcel) => detailPackage(order, parcel)),
    shipping_carrier: CARRIER,
    payment_method: order.cod ? "Cash on Delivery" : "Credit/Debit Card",
    // Shopee returns the total once the buyer has paid; cash on delivery knows it from the start.
    total_amount: paid || order.cod ? toMajor(totalAmount(order)) : undefined,
    invoice_data: null,
    order_chargeable_weight_gram: 0,
    return_request_due_date: order.status === "COMPLETED" ? order.updateTime + 15 * 86_400 : 0,
    edt: { edt_from: order.createTime + 2 * 86_400, edt_to: order.createTime + 5 * 86_400 },
    payment_info: paid
      ? [
          {
            payment_method: order.cod ? "Cash on Delivery" : "Credit/Debit Card",
            payment_amount: toMajor(totalAmount(order)),
          },
        ]
      : [],
    international_label: "",
  }
}

/** The field names of a comma list. */
export function optionalFieldNames(list: string | null): Set<string> {
  return new Set((list ?? "").split(",").filter((name) => name !== ""))
}

function detailLine(order: Order, line: OrderLine): DetailFields {
  const cancelled = order.status === "CANCELLED"
  const active = activeQuantity(line)
  const inAddOnDeal = line.addOnDealId !== 0
  return {
    item_id: idLiteral(line.itemId),
    item_name: line.itemName,
    item_sku: line.itemSku,
    model_id: idLiteral(line.modelId),
    model_name: line.modelName,
    model_sku: line.modelSku,
    model_quantity_purchased: line.quantity,
    model_original_price: toMajor(line.originalPrice),
    // In a bundle deal Shopee reports 0 by design; the real price shows in total_amount and escrow only.
    model_discounted_price: line.inBundle ? 0 : toMajor(line.price),
    wholesale: line.wholesale,
    weight: 0.05,
    add_on_deal: inAddOnDeal,
    main_item: line.isMainItem,
    add_on_deal_id: line.addOnDealId,
    promotion_type: line.promotionType,
    promotion_id: line.promotionId,
    promotion_list: line.promotionType ? [{ promotion_type: line.promotionType, promotion_id: line.promotionId }] : [],
    promotion_group_id: line.inBundle ? 1 : 0,
    order_item_id: idLiteral(line.orderItemId),
    line_item_id: line.lineItemId,
    active_qty: cancelled ? 0 : active,
    cancel_requested_qty: order.status === "IN_CANCEL" ? active : line.cancelRequestedQuantity,
    cancelled_qty: cancelled ? line.quantity : line.cancelledQuantity,
    return_requested_qty: line.returnRequestedQuantity,
    returned_qty: line.returnedQuantity,
    image_info: { image_url: `https://images.sandbox.invalid/${line.itemId}.jpg` },
    is_b2c_owned_item: false,
    is_prescription_item: false,
    // A list here and a string in package_list: as observed.
    product_location_id: [LOCATION],
  }
}

function detailPackage(order: Order, parcel: OrderPackage): DetailFields {
  return {
    package_number: parcel.packageNumber,
    group_shipment_id: order.sequence % 2 === 0 ? null : 0,
    logistics_status: parcel.logisticsStatus,
    logistics_channel_id: LOGISTICS_CHANNEL_ID,
    shipping_carrier: CARRIER,
    allow_self_design_awb: true,
    parcel_chargeable_weight_gram: 50,
    sorting_group: "",
    item_list: parcel.contents.map(({ line, quantity }) => ({
      item_id: idLiteral(line.itemId),
      model_id: idLiteral(line.modelId),
      model_quantity: quantity,
      order_item_id: idLiteral(line.orderItemId),
      promotion_group_id: line.inBundle ? 1 : 0,
      product_location_id: LOCATION,
    })),
  }
}
