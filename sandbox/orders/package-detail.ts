import { idLiteral } from "../wire-json"
import { maskRecipient } from "./masking"
import { DAYS_TO_SHIP, type Order, type OrderPackage } from "./order"

/** A package as get_package_detail answers it: unlike get_order_detail, with its tracking number. */
export function packageDetail(order: Order, parcel: OrderPackage): Record<string, unknown> {
  return {
    order_sn: order.orderSn,
    package_number: parcel.packageNumber,
    fulfillment_status: parcel.logisticsStatus,
    update_time: order.updateTime,
    logistics_channel_id: 18_099,
    shipping_carrier: "SPX Express (Doorstep Delivery)",
    allow_self_design_awb: true,
    days_to_ship: DAYS_TO_SHIP,
    ship_by_date: order.shipByDate,
    pending_terms: order.status === "PENDING" ? ["SYSTEM_PENDING"] : [],
    tracking_number: parcel.trackingNumber,
    tracking_number_expiration_date: 0,
    pickup_done_time: order.pickupDoneTime,
    is_split_up: order.packages.length > 1,
    item_list: parcel.contents.map(({ line, quantity }) => ({
      item_id: idLiteral(line.itemId),
      model_id: idLiteral(line.modelId),
      item_sku: line.itemSku,
      model_sku: line.modelSku,
      model_quantity: quantity,
      order_item_id: idLiteral(line.orderItemId),
      promotion_group_id: line.inBundle ? 1 : 0,
      product_location_id: "SGX01",
    })),
    recipient_address: maskRecipient(order.recipient, order.masked),
    parcel_chargeable_weight_gram: 50,
    group_shipment_id: 0,
    is_shipment_arranged: parcel.trackingNumber !== "",
    is_pre_order: false,
  }
}
