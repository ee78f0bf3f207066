import { z } from "@medusajs/framework/zod"
import { ORDERSN_PATTERN } from "./push"
import { amount, flag, listOf, present, quantity, shopeeId, text, time, trimKeys } from "./tolerant-fields"

/**
 * Shopee's `get_order_detail`, one order of `response.order_list`. Only what an import can't do without is required; every
 * other field reads as null when absent, and unknown fields are kept. Source: Open Platform v2 order API and its live answers.
 */

const ShopeePromotionSchema = z.looseObject({ promotion_type: text() })

export const ShopeeOrderItemSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    item_id: present(shopeeId()),
    item_name: text(),
    item_sku: text(),
    model_id: shopeeId(),
    model_name: text(),
    model_sku: text(),
    /** Pieces bought; stays as it was when a part is cancelled later. */
    model_quantity_purchased: present(quantity()).refine((pieces) => pieces > 0),
    /** Per piece, in major units. */
    model_original_price: amount(),
    /** Per piece, in major units. 0 by design inside a bundle. */
    model_discounted_price: amount(),
    order_item_id: shopeeId(),
    line_item_id: shopeeId(),
    add_on_deal: flag(),
    promotion_type: text(),
    promotion_list: listOf(ShopeePromotionSchema),
    active_qty: quantity(),
    cancel_requested_qty: quantity(),
    cancelled_qty: quantity(),
    return_requested_qty: quantity(),
    returned_qty: quantity(),
  })
)

export const ShopeePackageItemSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    item_id: shopeeId(),
    model_id: shopeeId(),
    order_item_id: shopeeId(),
    /** Named differently from the order's lines; absent in old answers. */
    model_quantity: quantity(),
  })
)

export const ShopeePackageSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    package_number: text(),
    logistics_status: text(),
    shipping_carrier: text(),
    tracking_number: text(),
    item_list: listOf(ShopeePackageItemSchema),
  })
)

export const ShopeeAddressSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    name: text(),
    phone: text(),
    city: text(),
    state: text(),
    region: text(),
    zipcode: text(),
    full_address: text(),
  })
)

export const ShopeeOrderSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    order_sn: z.string().trim().regex(ORDERSN_PATTERN),
    order_status: present(text()),
    currency: z
      .string()
      .trim()
      .regex(/^[A-Za-z]{3}$/),
    region: text(),
    shop_id: shopeeId(),
    cod: flag(),
    /** What the buyer pays, in major units; absent until the order is paid. */
    total_amount: amount(),
    estimated_shipping_fee: amount(),
    payment_method: z.unknown(),
    message_to_seller: z.unknown(),
    create_time: time(),
    /** Decides which of two readings is newer, so an order without it can't be trusted. */
    update_time: present(time()),
    pay_time: time(),
    cancel_by: text(),
    cancel_reason: text(),
    buyer_cancel_reason: text(),
    buyer_user_id: shopeeId(),
    buyer_username: text(),
    recipient_address: z.preprocess(
      (value) => (typeof value === "object" && !Array.isArray(value) ? value : null),
      z.nullable(ShopeeAddressSchema)
    ),
    item_list: z.array(ShopeeOrderItemSchema).min(1),
    package_list: listOf(ShopeePackageSchema),
  })
)

export type ShopeeOrder = z.output<typeof ShopeeOrderSchema>
export type ShopeeOrderItem = z.output<typeof ShopeeOrderItemSchema>
export type ShopeePackage = z.output<typeof ShopeePackageSchema>
