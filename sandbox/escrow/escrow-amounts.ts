import { prorate, share, type Cents } from "../money"
import { activeQuantity, goodsAmount, totalAmount, type Order, type OrderLine } from "../orders/order"

/** Fee rates in basis points (hundredths of a percent); Shopee's own differ by shop and programme. */
const COMMISSION_BASIS_POINTS = 250
const SERVICE_BASIS_POINTS = 150
const TRANSACTION_BASIS_POINTS = 200

/** A line's part in the settlement. Every amount is for all its pieces together. */
export interface EscrowLine {
  line: OrderLine
  originalPrice: Cents
  sellingPrice: Cents
  voucherFromSeller: Cents
  voucherFromShopee: Cents
  coins: Cents
}

/** An order's settlement in cents. */
export interface EscrowAmounts {
  originalPrice: Cents
  goods: Cents
  sellerDiscount: Cents
  voucherFromSeller: Cents
  voucherFromShopee: Cents
  coins: Cents
  shippingFee: Cents
  /** Shopee's part of the shipping fee. */
  shippingRebate: Cents
  bottleDeposit: Cents
  buyerFee: Cents
  buyerTotal: Cents
  /** Zero or negative. */
  sellerReturnRefund: Cents
  commissionFee: Cents
  serviceFee: Cents
  transactionFee: Cents
  escrowAmount: Cents
  adjustments: Cents
  afterAdjustment: Cents
  lines: EscrowLine[]
}

/**
 * What Shopee pays out for an order:
 * goods − seller's voucher + shipping paid by the buyer or by Shopee + bottle deposit + return refund (negative) − commission − service −
 * transaction fee.
 * Shopee's voucher and coins are Shopee's cost, the buyer's fee is Shopee's income: neither enters.
 * A cancelled order settles at nothing.
 */
export function escrowAmounts(order: Order): EscrowAmounts {
  const settled = order.status !== "CANCELLED"
  const only = (cents: Cents): Cents => (settled ? cents : 0)
  const goods = only(goodsAmount(order))
  const originalPrice = only(sum(order.lines, (line) => line.originalPrice * activeQuantity(line)))
  const voucherFromSeller = only(order.sellerVoucher)
  const shippingFee = only(order.shippingFee)
  const buyerTotal = only(totalAmount(order))
  const sellerReturnRefund = only(-returnRefund(order))
  const base = goods - voucherFromSeller + sellerReturnRefund
  const commissionFee = share(base, COMMISSION_BASIS_POINTS)
  const serviceFee = share(base, SERVICE_BASIS_POINTS)
  const transactionFee = share(buyerTotal + sellerReturnRefund, TRANSACTION_BASIS_POINTS)
  const bottleDeposit = only(order.bottleDeposit)
  const escrowAmount = base + shippingFee + bottleDeposit - commissionFee - serviceFee - transactionFee
  const adjustments = sum(order.adjustments, (adjustment) => adjustment.amount)
  return {
    originalPrice,
    goods,
    sellerDiscount: originalPrice - goods,
    voucherFromSeller,
    voucherFromShopee: only(order.shopeeVoucher),
    coins: only(order.coins),
    shippingFee,
    shippingRebate: only(order.shippingDiscount),
    bottleDeposit,
    buyerFee: only(order.buyerFee),
    buyerTotal,
    sellerReturnRefund,
    commissionFee,
    serviceFee,
    transactionFee,
    escrowAmount,
    adjustments,
    afterAdjustment: escrowAmount + adjustments,
    lines: escrowLines(order),
  }
}

/** What returns gave the buyer back before the payout; pieces that were marked as returned without a return count with their price. */
function returnRefund(order: Order): Cents {
  const paid = order.returns.filter(({ status }) => status === "REFUND_PAID")
  const byReturn = (line: OrderLine): number =>
    sum(paid, ({ contents, refundOnly }) =>
      sum(contents, (content) => (content.line === line && !refundOnly ? content.quantity : 0))
    )
  const unexplained = sum(order.lines, (line) => line.price * Math.max(0, line.returnedQuantity - byReturn(line)))
  return sum(paid, ({ refund, isAdjusted }) => (isAdjusted ? 0 : refund)) + unexplained
}

function escrowLines(order: Order): EscrowLine[] {
  const prices = order.lines.map((line) => line.price * activeQuantity(line))
  const sellerVouchers = prorate(order.sellerVoucher, prices)
  const shopeeVouchers = prorate(order.shopeeVoucher, prices)
  const coins = prorate(order.coins, prices)
  return order.lines.map((line, index) => ({
    line,
    originalPrice: line.originalPrice * activeQuantity(line),
    sellingPrice: prices[index] ?? 0,
    voucherFromSeller: sellerVouchers[index] ?? 0,
    voucherFromShopee: shopeeVouchers[index] ?? 0,
    coins: coins[index] ?? 0,
  }))
}

function sum<T>(entries: T[], amount: (entry: T) => Cents): Cents {
  return entries.reduce((total, entry) => total + amount(entry), 0)
}
