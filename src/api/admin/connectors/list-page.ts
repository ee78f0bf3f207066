/** Which part of a list is asked for, and how it is sorted. */
export interface ListPage<Sort extends string> {
  sort: Sort
  descending: boolean
  limit: number
  offset: number
}

/** Medusa's way to say the sequence: `field`, or `-field` for the greatest first. */
export function toListPage<Sort extends string>(query: {
  order: Sort | `-${Sort}`
  limit: number
  offset: number
}): ListPage<Sort> {
  const descending = query.order.startsWith("-")
  const sort = (descending ? query.order.slice(1) : query.order) as Sort
  return { sort, descending, limit: query.limit, offset: query.offset }
}
