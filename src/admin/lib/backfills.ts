import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { BackfillAnswer, BackfillListAnswer } from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { CONNECTORS_KEY } from "./exceptions"

/** Somebody looks on. */
const AT_WORK_REFRESH_MS = 1_000
const REFRESH_MS = 20_000

const ROOM = "/admin/connectors/shopee/backfill"
const KEY = [...CONNECTORS_KEY, "shopee", "backfills"] as const

/** The newest backfills, as they were counted last. */
export function useBackfills() {
  return useQuery({
    queryKey: [...KEY, "list"],
    refetchInterval: REFRESH_MS,
    queryFn: () => client.client.fetch<BackfillListAnswer>(ROOM),
  })
}

/** How far a backfill is right now. */
export function useBackfill(id: string) {
  return useQuery({
    queryKey: [...KEY, id],
    refetchInterval: ({ state }) => (state.data?.backfill.settled_at ? false : AT_WORK_REFRESH_MS),
    queryFn: () => client.client.fetch<BackfillAnswer>(`${ROOM}/${id}`),
  })
}

/** Starts to take a range of time in again. */
export function useStartBackfill() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: { from: string; to: string; shop_id: string }) =>
      client.client.fetch<BackfillAnswer>(ROOM, { method: "POST", body }),
    onSettled: async () => await queries.invalidateQueries({ queryKey: KEY }),
  })
}
