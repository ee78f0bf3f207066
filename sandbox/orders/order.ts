import type { Masking, RecipientSpec } from "../control/order-spec"
import type { Cents } from "../money"

/** A line of an order inside the sandbox. Ids are digits, prices per piece in cents. */
export interface OrderLine {
  itemId: string
  modelId: string
  itemName: string
  itemSku: string
  modelName: string
  modelSku: string
  price: Cents
  originalPrice: Cents
  quantity: number
  orderItemId: string
  lineItemId: number
  inBundle: boolean
  addOnDealId: number
  isMainItem: boolean
  wholesale: boolean
  promotionId: number
  promotionType: string
  cancelledQuantity: number
  cancelRequestedQuantity: number
  returnRequestedQuantity: number
  returnedQuantity: number
}

/** A package: which pieces of which lines it holds, and where it is. */
export interface OrderPackage {
  packageNumber: string
  forderId: string
  trackingNumber: string
  logisticsStatus: string
  contents: { line: OrderLine; quantity: number }[]
}

/** A return request of an order. Times in epoch seconds. */
export interface OrderReturn {
  returnSn: string
  status: string
  reason: string
  createTime: number
  updateTime: number
  contents: { line: OrderLine; quantity: number }[]
  /** What the buyer gets back. */
  refund: Cents
  /** The buyer keeps the goods. */
  refundOnly: boolean
  needsLogistics: boolean
  /** 0: the buyer has the goods, 1: they are on their way, 2: refused at the door. */
  requestType: number
  /** Raised after the order was completed. */
  afterCompletion: boolean
  validationType: string
  /** Where the goods are on their way back. */
  logisticsStatus: string
  trackingNumber: string
  sellerProofStatus: string
  /** The refund was deducted after the payout, as an adjustment. */
  isAdjusted: boolean
}

export interface Adjustment {
  amount: Cents
  date: number
  reason: string
}

/** When the money was paid out (epoch seconds) and how much. */
export interface EscrowRelease {
  time: number
  payout: Cents
}

/** An order as the sandbox keeps it. Times in epoch seconds, money in cents. */
export interface Order {
  orderSn: string
  shopId: number
  region: string
  currency: string
  status: string
  /** Shown instead of PENDING to callers that don't ask for it. */
  statusBeforePending: string
  cod: boolean
  createTime: number
  updateTime: number
  payTime: number | null
  shipByDate: number
  pickupDoneTime: number
  buyer: { userId: number; username: string }
  recipient: Required<RecipientSpec>
  masked: Masking
  message: string
  note: string
  noteUpdateTime: number
  lines: OrderLine[]
  packages: OrderPackage[]
  returns: OrderReturn[]
  shippingFee: Cents
  sellerVoucher: Cents
  shopeeVoucher: Cents
  coins: Cents
  buyerFee: Cents
  shippingDiscount: Cents
  bottleDeposit: Cents
  cancelBy: string
  cancelReason: string
  buyerCancelReason: string
  completedScenario: string
  shipped: boolean
  adjustments: Adjustment[]
  release: EscrowRelease | null
  detailOverrides: Record<string, unknown>
  /** Position among all orders: decides which of Shopee's drifting field types this order shows. */
  sequence: number
}

/** Days a seller has to ship, and after which `ship_by_date` passes. */
export const DAYS_TO_SHIP = 2

/** Pieces of the line that were not cancelled. */
export function activeQuantity(line: OrderLine): number {
  return line.quantity - line.cancelledQuantity
}

/** What the buyer pays for the goods: bundles count with their real price, cancelled pieces don't. */
export function goodsAmount(order: Order): Cents {
  return order.lines.reduce((sum, line) => sum + line.price * activeQuantity(line), 0)
}

/** What the buyer pays of the shipping fee. */
export function paidShippingFee(order: Order): Cents {
  return order.shippingFee - order.shippingDiscount
}

/** What the buyer pays in all. */
export function totalAmount(order: Order): Cents {
  return (
    goodsAmount(order) +
    paidShippingFee(order) +
    order.buyerFee +
    order.bottleDeposit -
    (order.sellerVoucher + order.shopeeVoucher + order.coins)
  )
}
