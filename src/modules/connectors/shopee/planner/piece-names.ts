/**
 * Names a piece of an order's line, for the copy that is set aside for it. Made of Shopee's own names and not of Medusa's ids, so that
 * an order whose import is repeated finds the copies that it had.
 *
 * @param order the order's display id
 * @param key key of the Shopee line
 * @param number from 1
 */
export const pieceName = (order: string, key: string, number: number): string => `${order}/${key}#${number}`

/** Key of the line that a piece belongs to; null for a name that is none of this order's. */
export function lineKeyOfPiece(order: string, name: string): string | null {
  const end = name.lastIndexOf("#")
  return name.startsWith(`${order}/`) && end > order.length ? name.slice(order.length + 1, end) : null
}
