import type { DetailLine, SandboxOrder } from "../../sandbox/control-client"
import type { MedusaOrder } from "../medusa-orders"

/** A line of the sandbox's truth. */
export function shopeeLine(fields: Partial<DetailLine> = {}): DetailLine {
  return {
    item_id: 1,
    item_name: "Ember Drake",
    item_sku: "",
    model_id: 2,
    model_name: "Near Mint",
    model_sku: "DRAKE-NM",
    model_quantity_purchased: 2,
    model_original_price: 12,
    model_discounted_price: 10,
    order_item_id: 1,
    line_item_id: 3,
    active_qty: 2,
    cancelled_qty: 0,
    ...fields,
  }
}

/** A paid order of 2 × 10.00 and 1.99 of shipping. */
export function shopeeOrder(fields: Partial<SandboxOrder> = {}): SandboxOrder {
  return {
    order_sn: "261123ABCDEFGH",
    shop_id: 700_001,
    order_status: "READY_TO_SHIP",
    region: "SG",
    currency: "SGD",
    cod: false,
    create_time: 1,
    update_time: 2,
    pay_time: 2,
    buyer_user_id: 77,
    buyer_username: "collector",
    message_to_seller: "",
    cancel_by: "",
    cancel_reason: "",
    item_list: [shopeeLine()],
    recipient_address: {
      name: "Tan Wei Ming",
      phone: "6581234567",
      zipcode: "151118",
      full_address: "Blk 118 Bukit Merah View, Singapore 151118",
    },
    total_amount: 21.99,
    masked: false,
    paid: true,
    shipped: false,
    completed_scenario: "",
    amounts: {
      goods: 20,
      shipping_fee: 1.99,
      seller_voucher: 0,
      shopee_voucher: 0,
      coins: 0,
      buyer_fee: 0,
      shipping_discount: 0,
      bottle_deposit: 0,
      total: 21.99,
    },
    packages: [],
    escrow: { escrow_amount: 0, adjustments: 0, after_adjustment: 0, release_time: null, payout_amount: null },
    returns: [],
    ...fields,
  }
}

/** The Medusa order that equals `shopeeOrder()`. */
export function medusaOrder(fields: Partial<MedusaOrder> = {}): MedusaOrder {
  return {
    id: "order_1",
    custom_display_id: "SHP-261123ABCDEFGH",
    status: "pending",
    payment_status: "captured",
    fulfillment_status: "not_fulfilled",
    email: "shopee-77@buyers.exzentcg.local",
    currency_code: "sgd",
    total: 21.99,
    item_total: 20,
    shipping_total: 1.99,
    created_at: "2026-11-23T10:00:00.000Z",
    items: [{ variant_sku: "DRAKE-NM", quantity: 2, unit_price: 10 }],
    customer: { id: "cus_1", email: "shopee-77@buyers.exzentcg.local" },
    sales_channel: { name: "Shopee" },
    shipping_address: {
      first_name: "Tan Wei Ming",
      last_name: "",
      address_1: "Blk 118 Bukit Merah View, Singapore 151118",
      postal_code: "151118",
      country_code: "sg",
      phone: "6581234567",
    },
    payment_collections: [{ captured_amount: 21.99, refunded_amount: 0 }],
    ...fields,
  }
}
