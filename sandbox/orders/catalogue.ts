import type { Identifiers } from "../identifiers"

/** The shop's listings, as far as the sandbox needs them: the ids under which a SKU is sold, the same in every order. */
export class Catalogue {
  private readonly listings = new Map<string, { itemId: string; modelId: string }>()

  constructor(private readonly ids: Identifiers) {}

  /** The item and model id of a SKU, or of a name when the line has none. */
  idsOf(key: string): { itemId: string; modelId: string } {
    const known = this.listings.get(key)
    if (known) return known
    const listing = { itemId: String(this.ids.number(11)), modelId: String(this.ids.number(12)) }
    this.listings.set(key, listing)
    return listing
  }
}
