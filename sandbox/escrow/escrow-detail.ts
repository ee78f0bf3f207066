import { toMajor, type Cents } from "../money"
import type { Order } from "../orders/order"
import { idLiteral, NumberLiteral } from "../wire-json"
import { escrowAmounts, type EscrowAmounts, type EscrowLine } from "./escrow-amounts"

/** Fields of order_income that a local Singapore shop always sees as 0. */
const ZERO_INCOME_FIELDS = [
  "actual_shipping_fee",
  "campaign_fee",
  "credit_card_promotion",
  "cross_border_tax",
  "delivery_seller_protection_fee_premium_amount",
  "drc_adjustable_refund",
  "escrow_tax",
  "fbs_fee",
  "final_escrow_product_gst",
  "final_escrow_shipping_gst",
  "final_product_protection",
  "final_product_vat_tax",
  "final_return_to_seller_shipping_fee",
  "final_shipping_fee",
  "final_shipping_vat_tax",
  "order_ams_commission_fee",
  "order_chargeable_weight",
  "original_shopee_discount",
  "overseas_return_service_fee",
  "payment_promotion",
  "reverse_shipping_fee",
  "reverse_shipping_fee_sst",
  "sales_tax_on_lvg",
  "seller_coin_cash_back",
  "seller_lost_compensation",
  "seller_order_processing_fee",
  "seller_shipping_discount",
  "shipping_fee_discount_from_3pl",
  "shipping_fee_sst",
  "shopee_discount",
  "vat_on_imported_goods",
  "withholding_tax",
]

/** The `response` of get_escrow_detail. Provisional until the order is in get_escrow_list. */
export function escrowDetail(order: Order): Record<string, unknown> {
  const amounts = escrowAmounts(order)
  return {
    order_sn: order.orderSn,
    buyer_user_name: order.buyer.username,
    return_order_sn_list: order.returns.map((request) => request.returnSn),
    order_income: orderIncome(order, amounts),
    buyer_payment_info: buyerPayment(order, amounts),
  }
}

function orderIncome(order: Order, amounts: EscrowAmounts): Record<string, unknown> {
  return {
    ...Object.fromEntries(ZERO_INCOME_FIELDS.map((field) => [field, 0])),
    escrow_amount: toMajor(amounts.escrowAmount),
    buyer_total_amount: toMajor(amounts.buyerTotal),
    original_price: toMajor(amounts.originalPrice),
    order_original_price: toMajor(amounts.originalPrice),
    order_discounted_price: toMajor(amounts.goods),
    order_selling_price: toMajor(amounts.goods),
    order_seller_discount: toMajor(amounts.sellerDiscount),
    seller_discount: toMajor(amounts.sellerDiscount),
    voucher_from_seller: toMajor(amounts.voucherFromSeller),
    voucher_from_shopee: toMajor(amounts.voucherFromShopee),
    coins: toMajor(amounts.coins),
    buyer_paid_shipping_fee: toMajor(amounts.shippingFee - amounts.shippingRebate),
    shopee_shipping_rebate: toMajor(amounts.shippingRebate),
    bcrs_deposit: toMajor(amounts.bottleDeposit),
    estimated_shipping_fee: toMajor(amounts.shippingFee),
    buyer_transaction_fee: toMajor(amounts.buyerFee),
    commission_fee: toMajor(amounts.commissionFee),
    service_fee: toMajor(amounts.serviceFee),
    seller_transaction_fee: toMajor(amounts.transactionFee),
    // The same fee under its old name, not a second one.
    credit_card_transaction_fee: toMajor(amounts.transactionFee),
    seller_return_refund: toMajor(amounts.sellerReturnRefund),
    cost_of_goods_sold: toMajor(amounts.goods + amounts.sellerReturnRefund),
    original_cost_of_goods_sold: toMajor(amounts.goods),
    seller_voucher_code: amounts.voucherFromSeller > 0 ? ["CARDSHOP10"] : [],
    order_adjustment: order.adjustments.map((adjustment) => ({
      amount: toMajor(adjustment.amount),
      date: adjustment.date,
      currency: order.currency,
      adjustment_reason: adjustment.reason,
    })),
    total_adjustment_amount: toMajor(amounts.adjustments),
    escrow_amount_after_adjustment: toMajor(amounts.afterAdjustment),
    buyer_payment_method: order.cod ? "Cash on Delivery" : "Credit Card/Debit Card",
    instalment_plan: "N/A",
    // Documented as an object, seen as a list.
    tenure_info_list: [{ instalment_plan: "N/A" }],
    tax_registration_code: "",
    items: amounts.lines.map(escrowItem),
  }
}

/** Prices are for all pieces of the line together, unlike in get_order_detail. */
function escrowItem(entry: EscrowLine): Record<string, unknown> {
  const { line } = entry
  return {
    item_id: idLiteral(line.itemId),
    item_name: line.itemName,
    item_sku: line.itemSku,
    model_id: idLiteral(line.modelId),
    model_name: line.modelName,
    model_sku: line.modelSku,
    original_price: toMajor(entry.originalPrice),
    selling_price: toMajor(entry.sellingPrice),
    discounted_price: toMajor(entry.sellingPrice),
    seller_discount: toMajor(entry.originalPrice - entry.sellingPrice),
    shopee_discount: 0,
    discount_from_coin: toMajor(entry.coins),
    discount_from_voucher_seller: toMajor(entry.voucherFromSeller),
    discount_from_voucher_shopee: toMajor(entry.voucherFromShopee),
    activity_type: line.inBundle ? "bundle_deal" : "",
    activity_id: line.inBundle ? line.promotionId : 0,
    is_main_item: line.isMainItem,
    is_b2c_shop_item: false,
    ams_commission_fee: 0,
    quantity_purchased: line.quantity,
    promotion_list: line.promotionType ? [{ promotion_type: line.promotionType, promotion_id: line.promotionId }] : [],
  }
}

function buyerPayment(order: Order, amounts: EscrowAmounts): Record<string, unknown> {
  return {
    buyer_payment_method: order.cod ? "Cash on Delivery" : "Credit Card/Debit Card",
    buyer_service_fee: toMajor(amounts.buyerFee),
    buyer_tax_amount: 0,
    buyer_total_amount: toMajor(amounts.buyerTotal),
    credit_card_promotion: negative(0),
    initial_buyer_txn_fee: 0,
    insurance_premium: 0,
    is_paid_by_credit_card: !order.cod,
    merchant_subtotal: toMajor(amounts.goods),
    seller_voucher: negative(amounts.voucherFromSeller),
    shipping_fee: toMajor(amounts.shippingFee - amounts.shippingRebate),
    bcrs_deposit: toMajor(amounts.bottleDeposit),
    shopee_voucher: negative(amounts.voucherFromShopee),
    shopee_coins_redeemed: negative(amounts.coins),
  }
}

/** What lessens the buyer's payment is written negative, and nothing as `-0`: a quirk of the real answers. */
function negative(cents: Cents): number | NumberLiteral {
  return cents === 0 ? new NumberLiteral("-0") : -toMajor(cents)
}
