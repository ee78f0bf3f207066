import type { ResolvedVariant } from "../../types/variant"
import { chooseLineVariants, type LineVariant, type MappableLine } from "../line-variants"
import { AmbiguousSkuError, SkuNotFoundError } from "../sku-errors"

const SHOP_ID = "7001"

const variant = (id: string, sku: string): ResolvedVariant => ({
  id,
  sku,
  product_id: "prod_1",
  title: null,
  productTitle: null,
  thumbnail: null,
  manageInventory: true,
  requiresShipping: true,
  inventoryItems: [{ inventoryItemId: `iitem_${id}`, requiredQuantity: 1 }],
})

const thrown = (run: () => unknown): unknown => {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error("nothing was thrown")
}

const BY_SKU = new Map([
  ["OGN-066A", [variant("variant_1", "OGN-066A")]],
  ["OGN-001", [variant("variant_2", "OGN-001")]],
  ["TWICE", [variant("variant_3", "TWICE"), variant("variant_4", "TWICE")]],
  ["GONE", []],
])

/** A line of the listing `900:<number>`. */
const line = (number: number, sku: string | null): MappableLine => ({
  key: `line ${number}`,
  sku,
  item_id: "900",
  model_id: String(number),
})

const choose = (lines: MappableLine[], byListing: [string, LineVariant][] = [], bySku = BY_SKU) =>
  chooseLineVariants({ bySku, byListing: new Map(byListing) }, { shopId: SHOP_ID, lines }, "260301A")

const idsOf = (chosen: Map<string, LineVariant>) =>
  [...chosen].map(([key, choice]) => [key, choice.variant.id, choice.piecesPerUnit])

describe("what a line is in Medusa", () => {
  it("is the one variant that carries its SKU, a piece for each unit", () => {
    const chosen = choose([line(1, "OGN-066A"), line(2, "OGN-001"), line(3, "OGN-066A")])

    expect(idsOf(chosen)).toEqual([
      ["line 1", "variant_1", 1],
      ["line 2", "variant_2", 1],
      ["line 3", "variant_1", 1],
    ])
  })

  it("is what a person decided of its listing, when its SKU leads nowhere, to several variants, or is not there at all", () => {
    const box: LineVariant = { variant: variant("variant_9", "PACK"), piecesPerUnit: 36 }
    const chosen = choose(
      [line(1, "GONE"), line(2, "TWICE"), line(3, null)],
      [
        ["7001:900:1", box],
        ["7001:900:2", { ...box, piecesPerUnit: 1 }],
        ["7001:900:3", box],
      ]
    )

    expect(idsOf(chosen)).toEqual([
      ["line 1", "variant_9", 36],
      ["line 2", "variant_9", 1],
      ["line 3", "variant_9", 36],
    ])
  })

  it("an exact SKU comes before a mapping, and the mapping of another shop is none", () => {
    const other: LineVariant = { variant: variant("variant_9", "PACK"), piecesPerUnit: 36 }

    expect(idsOf(choose([line(1, "OGN-066A")], [["7001:900:1", other]]))).toEqual([["line 1", "variant_1", 1]])
    expect(() => choose([line(1, "GONE")], [["7002:900:1", other]])).toThrow(SkuNotFoundError)
  })

  it("is asked of a person when no variant has the SKU: every such SKU is named once, with its listings and the order", () => {
    const error = thrown(() =>
      choose([line(1, "OGN-066A"), line(2, "GONE"), line(3, "NEVER-SEEN"), line(4, "GONE"), line(4, "GONE")])
    )

    expect(error).toBeInstanceOf(SkuNotFoundError)
    expect(error).toMatchObject({
      skus: ["GONE", "NEVER-SEEN"],
      listings: ["900:2", "900:3", "900:4"],
      ordersn: "260301A",
      message: 'Order 260301A: no Medusa variant has the SKU "GONE", "NEVER-SEEN".',
    })
  })

  it("is asked of a person when the line has no SKU, which no variant can cure but a mapping can", () => {
    expect(thrown(() => choose([line(1, null), line(2, "GONE")]))).toMatchObject({
      skus: ["", "GONE"],
      listings: ["900:1", "900:2"],
      message: 'Order 260301A: no Medusa variant has the SKU "GONE"; 1 line(s) carry no SKU on Shopee.',
    })
  })

  it("names the variants that share a SKU", () => {
    const error = thrown(() => choose([line(1, "TWICE"), line(2, "OGN-001")]))

    expect(error).toBeInstanceOf(AmbiguousSkuError)
    expect(error).toMatchObject({
      sku: "TWICE",
      variantIds: ["variant_3", "variant_4"],
      listings: ["900:1"],
      message: 'Order 260301A: the SKU "TWICE" belongs to 2 Medusa variants (variant_3, variant_4).',
    })
  })

  it("is refused when its stock can't be reserved, and taken when it keeps none", () => {
    const bare = { ...variant("v1", "SKU-A"), inventoryItems: [] }

    const error = thrown(() => choose([line(1, "SKU-A")], [], new Map([["SKU-A", [bare]]])))
    expect(error).toMatchObject({ name: "VariantWithoutInventoryError", sku: "SKU-A", variantId: "v1" })
    expect(String(error)).toContain("260301A")
    const unmanaged = { ...bare, manageInventory: false }
    expect(choose([line(1, "SKU-A")], [], new Map([["SKU-A", [unmanaged]]])).get("line 1")?.variant).toBe(unmanaged)
  })

  it("is found by the exact SKU: neither case nor blanks are forgiven", () => {
    expect(() => choose([line(1, "ogn-066a")])).toThrow(SkuNotFoundError)
    expect(() => choose([line(1, "OGN-066A ")])).toThrow('no Medusa variant has the SKU "OGN-066A ".')
  })
})
