import { shopeeAddress, shopeeItem, shopeeOrder, shopeePackage } from "../../normalizers/__tests__/shopee-order-samples"
import { normalizeShopeeOrder } from "../../normalizers/order"
import { priceOrder } from "../../planner/price-order"
import type { ResolvedVariant } from "../../types/variant"
import { buyerFeeLine, importedBuyer, toOrderImport } from "../order-import"

const DOMAIN = "buyers.example.local"

const variant = (sku: string, fields: Partial<ResolvedVariant> = {}): ResolvedVariant => ({
  id: `variant_${sku}`,
  sku,
  product_id: `prod_${sku}`,
  title: "English",
  productTitle: "Azure Drake",
  thumbnail: null,
  manageInventory: true,
  requiresShipping: true,
  inventoryItems: [{ inventoryItemId: `iitem_${sku}`, requiredQuantity: 3 }],
  ...fields,
})

const importOf = (fields: Record<string, unknown> = {}, variants = [variant("ADR-BOX-EN")]) => {
  const order = normalizeShopeeOrder(shopeeOrder(fields))
  const { line_items: lines, estimated_shipping_fee, total_amount, ordersn } = order
  return toOrderImport({
    syncId: "sosync_1",
    shopId: "7001",
    order,
    price: priceOrder({ ordersn, lines, estimated_shipping_fee, total_amount, paid: true }, 2),
    variants: new Map(
      lines.flatMap(({ key, sku }) =>
        variants.filter((each) => each.sku === sku).map((each) => [key, { variant: each, piecesPerUnit: 1 }])
      )
    ),
    buyerEmailDomain: DOMAIN,
    reserve: true,
    capture: true,
  })
}

const buyerOf = (fields: Record<string, unknown>) => importedBuyer(normalizeShopeeOrder(shopeeOrder(fields)), DOMAIN)

describe("the buyer of an order", () => {
  it("is known by Shopee's user id, whatever the name", () => {
    const buyer = buyerOf({ buyer_user_id: 55501, buyer_username: "drake_fan" })

    expect(buyer).toEqual({ email: `shopee-55501@${DOMAIN}`, userId: "55501", username: "drake_fan" })
    expect(buyerOf({ order_sn: "OTHER", buyer_user_id: "55501", buyer_username: "renamed" }).email).toBe(buyer.email)
  })

  it("two ids are two buyers, also with one name, one phone and one address", () => {
    expect(buyerOf({ buyer_user_id: 55501 }).email).not.toBe(buyerOf({ buyer_user_id: 5550 }).email)
  })

  it.each([0, "0", null, undefined, "****", "5****1", ""])(
    "whose id is %p is hidden: two such orders share no customer, one order keeps its own",
    (buyer_user_id) => {
      const [first, second] = ["260301AAA", "260301BBB"].map((order_sn) => buyerOf({ order_sn, buyer_user_id }))
      const again = buyerOf({ order_sn: "260301AAA", buyer_user_id, buyer_username: "someone else" })

      expect(first?.userId).toBeNull()
      expect(first?.email).toMatch(/^shopee-order-[0-9a-f]{20}@buyers\.example\.local$/)
      expect(first?.email).not.toBe(second?.email)
      expect(again.email).toBe(first?.email)
    }
  )

  it.each([0, "0"])("whose id is still %p when it comes here is hidden too", (user_id) => {
    const order = normalizeShopeeOrder(shopeeOrder())

    expect(importedBuyer({ ...order, buyer: { user_id, username: null } }, DOMAIN)).toMatchObject({
      userId: null,
      email: expect.stringContaining("shopee-order-"),
    })
  })

  it("can't be taken for another by what a hidden buyer's order is called", () => {
    expect(buyerOf({ order_sn: "55501", buyer_user_id: 0 }).email).not.toBe(buyerOf({ buyer_user_id: 55501 }).email)
  })
})

describe("an order's import", () => {
  it("carries the metadata that the product paper names, ids as text", () => {
    expect(importOf().metadata).toMatchObject({
      shopee_ordersn: "260301ABCDEF08",
      shopee_shop_id: "7001",
      shopee_buyer_user_id: "55501",
    })
    expect(importOf({ buyer_user_id: null }).metadata).toMatchObject({ shopee_buyer_user_id: null })
  })

  it("is one line a line, with Shopee's own words, at the discounted price", () => {
    expect(importOf({ total_amount: 333.29 }).lines).toEqual([
      {
        title: "Azure Drake booster box",
        quantity: 2,
        unit_price: "165.90",
        adjustments: [],
        variant: {
          id: "variant_ADR-BOX-EN",
          sku: "ADR-BOX-EN",
          productId: "prod_ADR-BOX-EN",
          title: "English",
          productTitle: "Azure Drake",
          thumbnail: null,
          requiresShipping: true,
          inventoryItems: [{ inventoryItemId: "iitem_ADR-BOX-EN", requiredQuantity: 3 }],
        },
        metadata: {
          shopee_item_id: 700100200,
          shopee_model_id: 880001,
          shopee_item_sku: "ADR-BOX",
          shopee_model_name: "English, sealed",
          shopee_original_price: 180.5,
          shopee_line_key: "700100200:700100200:880001:0",
          shopee_item_key: "700100200:700100200:880001:0",
        },
      },
    ])
  })

  it("keeps two lines of one SKU apart", () => {
    const item_list = [shopeeItem({ line_item_id: 1 }), shopeeItem({ line_item_id: 2, model_quantity_purchased: 1 })]
    const { lines, listings } = importOf({ item_list })

    expect(lines.filter((line) => line.variant?.sku === "ADR-BOX-EN").map(({ quantity }) => quantity)).toEqual([2, 1])
    expect(new Set(lines.map(({ metadata }) => metadata.shopee_line_key)).size).toBe(lines.length)
    expect(listings).toHaveLength(2)
  })

  it("asks for no stock of a variant that Medusa keeps none of", () => {
    const [line] = importOf({}, [variant("ADR-BOX-EN", { manageInventory: false })]).lines

    expect(line?.variant?.inventoryItems).toEqual([])
  })

  it("names what vouchers and coins took off, on the line and without a promotion's code", () => {
    const { lines, shipping, total } = importOf({ total_amount: 300 })

    expect(lines).toHaveLength(1)
    expect(lines[0]?.adjustments).toEqual([{ amount: "33.29", description: "Shopee vouchers and coins" }])
    expect(shipping).toEqual({ name: "Sample Express", amount: "1.49", adjustments: [] })
    expect(total).toBe("300.00")
  })

  it("takes off the shipping what the lines can't carry", () => {
    expect(importOf({ total_amount: 0.49 }).shipping).toMatchObject({
      amount: "1.49",
      adjustments: [{ amount: "1.00", description: "Shopee vouchers and coins" }],
    })
  })

  it("names what the buyer paid beyond goods and shipping on a line without a variant", () => {
    const { lines, listings, total } = importOf({ total_amount: 335 })

    expect(lines[1]).toEqual({
      title: "Shopee buyer fees",
      quantity: 1,
      unit_price: "1.71",
      variant: null,
      adjustments: [],
      metadata: { shopee_line_key: "buyer_fee" },
    })
    expect(listings).toHaveLength(1)
    expect(total).toBe("335.00")
  })

  it.each(["0", "0.00"])("has no line for fees of %s", (fee) => {
    expect(buyerFeeLine(fee)).toBeNull()
  })

  it("keeps a masked address as it came, in the order's country", () => {
    const recipient_address = shopeeAddress({
      name: "M****g",
      phone: "****01",
      full_address: "****",
      city: "****",
      zipcode: "****",
      region: "****",
    })
    const { address, countryCode } = importOf({ recipient_address })

    expect(address).toEqual({
      first_name: "M****g",
      last_name: "",
      address_1: "****",
      address_2: null,
      city: "****",
      postal_code: "****",
      country_code: "sg",
      province: null,
      phone: "****01",
    })
    expect(countryCode).toBe("sg")
  })

  it("never splits a name", () => {
    expect(importOf().address).toMatchObject({ first_name: "Mei Ling Tan", last_name: "" })
  })

  it("does without an address, a carrier and a message", () => {
    const bare = importOf({ recipient_address: null, package_list: [], message_to_seller: null })

    expect(bare.address).toMatchObject({ first_name: "", address_1: "", country_code: "sg" })
    expect(bare.shipping.name).toBe("Shopee logistics")
  })

  it("takes the region of the order, not of the address, for its country", () => {
    const abroad = { region: "MY", currency: "MYR", recipient_address: shopeeAddress({ region: "SG" }) }

    expect(importOf(abroad)).toMatchObject({ countryCode: "my", currencyCode: "myr", address: { country_code: "my" } })
  })

  it("names the carrier of the first parcel", () => {
    const package_list = [shopeePackage({ shipping_carrier: "Drake Post" }), shopeePackage()]

    expect(importOf({ package_list }).shipping.name).toBe("Drake Post")
  })

  it("remembers the listing of each line; 0 = no variation", () => {
    const item = shopeeItem({ model_id: 0, model_name: "", model_sku: "", item_sku: "ADR-BOX-EN" })

    expect(importOf({ item_list: [item] }).listings).toEqual([
      { variantId: "variant_ADR-BOX-EN", externalListingId: "700100200", externalVariationId: "0" },
    ])
  })

  it("is refused when a line was not mapped or priced before: a fault of the caller", () => {
    expect(() => importOf({}, [])).toThrow(/was not mapped and priced/)
  })
})
