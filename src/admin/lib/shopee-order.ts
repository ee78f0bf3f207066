import { FetchError } from "@medusajs/js-sdk"
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  RawEventAnswer,
  ShopeeOrderAnswer,
  ShopeeOrderListAnswer,
  SyncOrderAnswer,
} from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { CONNECTORS_KEY } from "./exceptions"
import { type OrderListChoice, toOrderListQuery } from "./order-list-address"

/** An order on its way changes by itself; nobody should have to reload the page to see it. */
const REFRESH_MS = 15_000
/** Somebody looks on while it is being worked on; that takes a second or two. */
const BUSY_REFRESH_MS = 1_000

const ROOM = "/admin/connectors/shopee/orders"

/** Key of everything the Admin has read of Shopee's orders. */
export const SHOPEE_ORDERS_KEY = ["connectors", "shopee", "orders"] as const

/** The connector's view of a Shopee order; `null` = the connector never heard of it. Asks nothing without a number. */
export function useShopeeOrder(ordersn: string | null) {
  return useQuery({
    queryKey: [...SHOPEE_ORDERS_KEY, ordersn],
    enabled: ordersn !== null,
    refetchInterval: ({ state }) => (state.data?.order.progress === "waiting" ? BUSY_REFRESH_MS : REFRESH_MS),
    queryFn: async () => (ordersn === null ? null : await readShopeeOrder(ordersn)),
  })
}

async function readShopeeOrder(ordersn: string): Promise<ShopeeOrderAnswer | null> {
  try {
    return await client.client.fetch<ShopeeOrderAnswer>(`${ROOM}/${encodeURIComponent(ordersn)}`)
  } catch (error) {
    if (error instanceof FetchError && error.status === 404) {
      return null
    }
    throw error
  }
}

/** A page of Shopee's orders. The page before stays in sight while the next one is read. */
export function useShopeeOrders(choice: OrderListChoice) {
  return useQuery({
    queryKey: [...SHOPEE_ORDERS_KEY, "list", choice],
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: () => client.client.fetch<ShopeeOrderListAnswer>(ROOM, { query: toOrderListQuery(choice) }),
  })
}

/** Has an order looked at again at once, also one that the connector never heard of. */
export function useSyncOrder(ordersn: string) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () =>
      client.client.fetch<SyncOrderAnswer>(`${ROOM}/${encodeURIComponent(ordersn)}/sync`, { method: "POST", body: {} }),
    onSettled: async () => await queries.invalidateQueries({ queryKey: CONNECTORS_KEY }),
  })
}

/** A stored event with its payload. */
export function useRawEvent(id: string) {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "shopee", "raw-events", id],
    queryFn: () => client.client.fetch<RawEventAnswer>(`/admin/connectors/shopee/raw-events/${encodeURIComponent(id)}`),
  })
}
