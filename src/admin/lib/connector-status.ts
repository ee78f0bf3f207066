import { useQuery } from "@tanstack/react-query"
import type { ShopeeActivityAnswer, ShopeeStatusAnswer } from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { CONNECTORS_KEY } from "./exceptions"

/** The overview is left open on a screen. A tab that nobody sees asks nothing: that is how the query library is set. */
export const OVERVIEW_REFRESH_MS = 20_000

const ROOM = "/admin/connectors/shopee"

/** How the connector is. */
export function useConnectorStatus() {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "shopee", "status"],
    refetchInterval: OVERVIEW_REFRESH_MS,
    queryFn: () => client.client.fetch<ShopeeStatusAnswer>(`${ROOM}/status`),
  })
}

/** Orders and latency by hour, of the last `hours`. */
export function useActivity(hours: number) {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "shopee", "activity", hours],
    refetchInterval: OVERVIEW_REFRESH_MS,
    queryFn: () => client.client.fetch<ShopeeActivityAnswer>(`${ROOM}/activity`, { query: { hours } }),
  })
}
