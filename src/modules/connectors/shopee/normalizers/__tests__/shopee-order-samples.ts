/** Made-up orders with the shapes of Shopee's `get_order_detail`. */

/** A line as Shopee sends it today; without a variation when `model_id` is 0. */
export const shopeeItem = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  item_id: 700100200,
  item_name: "Azure Drake booster box",
  item_sku: "ADR-BOX",
  model_id: 880001,
  model_name: "English, sealed",
  model_sku: "ADR-BOX-EN",
  model_quantity_purchased: 2,
  model_original_price: 180.5,
  model_discounted_price: 165.9,
  wholesale: false,
  weight: 0.8,
  add_on_deal: false,
  main_item: false,
  add_on_deal_id: 0,
  promotion_type: "product_promotion",
  promotion_id: 779000000000001,
  promotion_list: [{ promotion_type: "product_promotion", promotion_id: 779000000000001 }],
  order_item_id: 700100200,
  promotion_group_id: 0,
  product_location_id: ["SGZ"],
  ...fields,
})

/** A paid Singapore order of one line and one parcel. */
export const shopeeOrder = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  order_sn: "260301ABCDEF08",
  region: "SG",
  currency: "SGD",
  cod: false,
  order_status: "READY_TO_SHIP",
  total_amount: 333.29,
  estimated_shipping_fee: 1.49,
  payment_method: "Credit/Debit Card",
  message_to_seller: "Please wrap it well",
  create_time: 1772329000,
  update_time: 1772330000,
  pay_time: 1772329900,
  days_to_ship: 2,
  buyer_user_id: 55501,
  buyer_username: "drake_fan",
  cancel_by: "",
  cancel_reason: "",
  buyer_cancel_reason: "",
  dropshipper: null,
  invoice_data: null,
  recipient_address: shopeeAddress(),
  item_list: [shopeeItem()],
  package_list: [shopeePackage()],
  ...fields,
})

export const shopeeAddress = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  name: "Mei Ling Tan",
  phone: "6590000001",
  town: "",
  district: "",
  city: "Singapore",
  state: "",
  region: "SG",
  zipcode: "560123",
  full_address: "12 Sample Walk, #03-45, Singapore 560123",
  ...fields,
})

export const shopeePackage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  package_number: "OFG900000000001",
  logistics_status: "LOGISTICS_READY",
  shipping_carrier: "Sample Express",
  group_shipment_id: null,
  item_list: [
    {
      item_id: 700100200,
      model_id: 880001,
      model_quantity: 2,
      order_item_id: 700100200,
      product_location_id: "SGZ",
    },
  ],
  ...fields,
})
