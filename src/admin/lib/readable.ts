/** A technical name, readable, for what nobody has a text for: `seller_fee` → "Seller fee". */
export const readable = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ")
