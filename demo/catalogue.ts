/** Something the shop sells under one SKU. */
export interface CardVariant {
  sku: string
  /** The variation's name, in Medusa and on Shopee. */
  title: string
  /** Singapore dollars. */
  price: number
  /** Pieces in stock when the day begins. */
  stock: number
}

/** A product of the shop: a card, a slab, something sealed. */
export interface Card {
  title: string
  /** What the variants differ in. */
  option: string
  description: string
  variants: CardVariant[]
}

/** The shop's products. All can be sold today but the secret rare: there is one copy, and two buyers. */
export const CATALOGUE: readonly Card[] = [
  {
    title: "Ember Drake #014 Holo",
    option: "Condition",
    description: "Skyforge set, 014/120, holo rare, English.",
    variants: [
      { sku: "SKF-014-H-NM", title: "Near Mint", price: 24.9, stock: 40 },
      { sku: "SKF-014-H-LP", title: "Lightly Played", price: 18.5, stock: 12 },
    ],
  },
  {
    title: "Tidecaller Sprite #052",
    option: "Condition",
    description: "Skyforge set, 052/120, uncommon, English.",
    variants: [
      { sku: "SKF-052-NM", title: "Near Mint", price: 3.2, stock: 80 },
      { sku: "SKF-052-LP", title: "Lightly Played", price: 2.4, stock: 30 },
    ],
  },
  {
    title: "Moss Golem #101 Reverse Foil",
    option: "Condition",
    description: "Skyforge set, 101/120, reverse foil, English.",
    variants: [{ sku: "SKF-101-R-NM", title: "Near Mint", price: 6.75, stock: 36 }],
  },
  {
    title: "Gale Lynx #033 Full Art",
    option: "Condition",
    description: "Skyforge set, 033/120, full art, English.",
    variants: [
      { sku: "SKF-033-F-NM", title: "Near Mint", price: 42, stock: 24 },
      { sku: "SKF-033-F-LP", title: "Lightly Played", price: 33.33, stock: 9 },
    ],
  },
  {
    title: "Astral Kirin #120 Secret Rare",
    option: "Condition",
    description: "Skyforge set, 120/120, secret rare, English. A single copy.",
    variants: [{ sku: "SKF-120-S-NM", title: "Near Mint", price: 388, stock: 1 }],
  },
  {
    title: "Cinder Imp #009",
    option: "Condition",
    description: "Skyforge set, 009/120, common, English.",
    variants: [{ sku: "SKF-009-NM", title: "Near Mint", price: 0.85, stock: 200 }],
  },
  {
    title: "Lantern Moth #P07 Promo",
    option: "Condition",
    description: "Store championship promo P07, stamped, English.",
    variants: [{ sku: "PRM-007-NM", title: "Near Mint", price: 12.3, stock: 25 }],
  },
  {
    title: "Night Orchid #066 Holo",
    option: "Condition",
    description: "Skyforge set, 066/120, holo rare, Japanese.",
    variants: [
      { sku: "SKF-066-HJ-NM", title: "Near Mint", price: 15.6, stock: 30 },
      { sku: "SKF-066-HJ-LP", title: "Lightly Played", price: 11.9, stock: 10 },
    ],
  },
  {
    title: "Ember Drake #014 Holo, graded 10",
    option: "Grade",
    description: "Slab, gem mint 10, with certificate.",
    variants: [{ sku: "SLAB-SKF-014-10", title: "Grade 10", price: 265, stock: 3 }],
  },
  {
    title: "Skyforge Booster Pack",
    option: "Edition",
    description: "Ten cards, sealed.",
    variants: [{ sku: "SEAL-SKF-PACK", title: "Sealed", price: 6.9, stock: 180 }],
  },
  {
    title: "Skyforge Booster Box",
    option: "Edition",
    description: "36 booster packs, sealed.",
    variants: [{ sku: "SEAL-SKF-BOX", title: "Sealed", price: 219, stock: 18 }],
  },
  {
    title: "Matte Sleeves, 60 pieces",
    option: "Colour",
    description: "Standard size, black.",
    variants: [{ sku: "ACC-SLEEVE-60", title: "Black", price: 7.5, stock: 60 }],
  },
]

/** Sold on Shopee before anybody entered it in Medusa. */
export const LATE_CARD: Card = {
  title: "Moonlit Sentinel #099 Alternate Art",
  option: "Condition",
  description: "Skyforge set, 099/120, alternate art, English.",
  variants: [{ sku: "SKF-099-A-NM", title: "Near Mint", price: 58.2, stock: 6 }],
}

/** A SKU's product and variant. @throws Error for a SKU that the shop never sells */
export function findBySku(sku: string): { card: Card; variant: CardVariant } {
  for (const card of [...CATALOGUE, LATE_CARD]) {
    const variant = card.variants.find((candidate) => candidate.sku === sku)
    if (variant) {
      return { card, variant }
    }
  }
  throw new Error(`The demo's catalogue has no SKU ${sku}.`)
}
