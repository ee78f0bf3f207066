import type { LineSpec, OrderSpec, RecipientSpec, ShopeeId } from "../control/order-spec"
import type { Identifiers } from "../identifiers"
import { toCents } from "../money"
import type { Catalogue } from "./catalogue"
import { DAYS_TO_SHIP, type Order, type OrderLine } from "./order"

/** What an order's making needs besides its spec. Times in epoch milliseconds. */
export interface BuildContext {
  nowMs: number
  defaultShopId: number
  sequence: number
  ids: Identifiers
  catalogue: Catalogue
}

/** Makes the order a spec describes, as it is the moment the buyer places it (UNPAID, or READY_TO_SHIP when COD). */
export function buildOrder(spec: OrderSpec, context: BuildContext): Order {
  const { ids } = context
  const createTime = spec.create_time ?? Math.floor(context.nowMs / 1000)
  const region = spec.region ?? "SG"
  const userId = spec.buyer?.user_id ?? ids.number(9)
  return {
    orderSn: spec.ordersn ?? ids.orderSn(createTime * 1000),
    shopId: spec.shop_id ?? context.defaultShopId,
    region,
    currency: spec.currency ?? "SGD",
    status: spec.cod ? "READY_TO_SHIP" : "UNPAID",
    statusBeforePending: "",
    cod: spec.cod ?? false,
    createTime,
    updateTime: createTime,
    payTime: null,
    shipByDate: createTime + DAYS_TO_SHIP * 86_400,
    pickupDoneTime: 0,
    buyer: { userId, username: spec.buyer?.username ?? `buyer_${userId}` },
    recipient: completeRecipient(spec.recipient ?? {}, region),
    masked: spec.masked ?? false,
    message: spec.message ?? "",
    note: "",
    noteUpdateTime: 0,
    lines: buildLines(spec, context),
    packages: [],
    returns: [],
    shippingFee: toCents(spec.shipping_fee ?? 0),
    sellerVoucher: toCents(spec.seller_voucher ?? 0),
    shopeeVoucher: toCents(spec.shopee_voucher ?? 0),
    coins: toCents(spec.coins ?? 0),
    buyerFee: toCents(spec.buyer_fee ?? 0),
    shippingDiscount: toCents(spec.shipping_discount ?? 0),
    bottleDeposit: toCents(spec.bottle_deposit ?? 0),
    cancelBy: "",
    cancelReason: "",
    buyerCancelReason: "",
    completedScenario: "",
    shipped: false,
    adjustments: [],
    release: null,
    detailOverrides: spec.detail_overrides ?? {},
    sequence: context.sequence,
  }
}

function buildLines(spec: OrderSpec, { ids, catalogue }: BuildContext): OrderLine[] {
  const hasAddOn = spec.lines.some((line) => line.add_on)
  const addOnDealId = hasAddOn ? ids.number(9) : 0
  const bundleDealId = spec.lines.some((line) => line.bundle) ? ids.number(9) : 0
  const mainItem = hasAddOn ? spec.lines.find((line) => !line.add_on) : undefined
  return spec.lines.map((line) => {
    const withoutVariation = (line.no_variation ?? spec.no_variation) === true
    const known = catalogue.idsOf(line.sku ?? line.item_sku ?? line.name)
    const itemId = digits(line.item_id) ?? known.itemId
    const isMainItem = line === mainItem
    return {
      itemId,
      modelId: withoutVariation ? "0" : (digits(line.model_id) ?? known.modelId),
      itemName: line.name,
      itemSku: line.item_sku ?? (withoutVariation ? (line.sku ?? "") : ""),
      modelName: withoutVariation ? "" : (line.model_name ?? "Standard"),
      modelSku: withoutVariation ? "" : (line.sku ?? ""),
      price: toCents(line.price),
      originalPrice: toCents(line.original_price ?? line.price),
      quantity: line.quantity,
      // The lines of one bundle share a small number; every other line carries its item's id.
      orderItemId: line.bundle ? "1" : itemId,
      lineItemId: ids.number(12),
      inBundle: line.bundle ?? false,
      addOnDealId: line.add_on || isMainItem ? addOnDealId : 0,
      isMainItem,
      wholesale: line.wholesale ?? false,
      promotionId: line.bundle ? bundleDealId : line.add_on || isMainItem ? addOnDealId : 0,
      promotionType: promotionType(line, isMainItem),
      cancelledQuantity: 0,
      cancelRequestedQuantity: 0,
      returnRequestedQuantity: 0,
      returnedQuantity: 0,
    }
  })
}

function promotionType(line: LineSpec, isMainItem: boolean): string {
  if (line.bundle) return "bundle_deal"
  if (line.add_on) return "add_on_deal_sub"
  if (isMainItem) return "add_on_deal_main"
  return line.original_price !== undefined && line.original_price > line.price ? "product_promotion" : ""
}

function digits(id: ShopeeId | undefined): string | undefined {
  return id === undefined ? undefined : String(id)
}

/** Fills what a spec leaves out, so that an order always has an address to ship to. */
function completeRecipient(given: RecipientSpec, region: string): Required<RecipientSpec> {
  return {
    name: "Mei Lin Koh",
    phone: "6591234567",
    town: "",
    district: "",
    city: "",
    state: "",
    region,
    zipcode: "530221",
    full_address: "Blk 221 Hougang Street 21, #08-114, Singapore 530221",
    ...given,
  }
}
