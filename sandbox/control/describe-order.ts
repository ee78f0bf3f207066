import { escrowAmounts } from "../escrow/escrow-amounts"
import { toMajor } from "../money"
import { goodsAmount, totalAmount, type Order } from "../orders/order"
import { everyField } from "../orders/order-detail"
import { describeReturn } from "../returns/return-detail"

/** The truth about an order, as `SandboxOrder` describes it. */
export function describeOrder(order: Order): Record<string, unknown> {
  const escrow = escrowAmounts(order)
  return {
    ...everyField(order, true),
    recipient_address: order.recipient,
    shop_id: order.shopId,
    masked: order.masked,
    paid: order.payTime !== null,
    shipped: order.shipped,
    completed_scenario: order.completedScenario,
    amounts: {
      goods: toMajor(goodsAmount(order)),
      shipping_fee: toMajor(order.shippingFee),
      seller_voucher: toMajor(order.sellerVoucher),
      shopee_voucher: toMajor(order.shopeeVoucher),
      coins: toMajor(order.coins),
      buyer_fee: toMajor(order.buyerFee),
      shipping_discount: toMajor(order.shippingDiscount),
      bottle_deposit: toMajor(order.bottleDeposit),
      total: toMajor(totalAmount(order)),
    },
    packages: order.packages.map((parcel) => ({
      package_number: parcel.packageNumber,
      tracking_number: parcel.trackingNumber,
      logistics_status: parcel.logisticsStatus,
      items: parcel.contents.map(({ line, quantity }) => ({
        item_id: Number(line.itemId),
        model_id: Number(line.modelId),
        quantity,
      })),
    })),
    escrow: {
      escrow_amount: toMajor(escrow.escrowAmount),
      adjustments: toMajor(escrow.adjustments),
      after_adjustment: toMajor(escrow.afterAdjustment),
      release_time: order.release?.time ?? null,
      payout_amount: order.release ? toMajor(order.release.payout) : null,
    },
    returns: order.returns.map((request) => describeReturn(order, request)),
  }
}
