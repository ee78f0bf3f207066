import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query"
import type { EscrowListAnswer, EscrowWeeksAnswer } from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { OVERVIEW_REFRESH_MS } from "./connector-status"
import { CONNECTORS_KEY } from "./exceptions"
import { type PayoutListChoice, toPayoutFilter, toPayoutListQuery } from "./payout-list-address"
import { saveFile } from "./save-file"

const ROOM = "/admin/connectors/shopee/escrows"
const KEY = [...CONNECTORS_KEY, "shopee", "payouts"] as const
/** Payouts change once a day. */
const REFRESH_MS = 60_000

/** A page of payouts, with sums over all that the choice lets through. The page before stays in sight while the next one is read. */
export function usePayouts(choice: PayoutListChoice) {
  return useQuery({
    queryKey: [...KEY, "list", choice],
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: () => client.client.fetch<EscrowListAnswer>(ROOM, { query: toPayoutListQuery(choice) }),
  })
}

/** How many payouts are late. */
export function useLatePayouts() {
  return useQuery({
    queryKey: [...KEY, "late"],
    refetchInterval: OVERVIEW_REFRESH_MS,
    queryFn: async () =>
      (await client.client.fetch<EscrowListAnswer>(ROOM, { query: { state: "late", limit: 0 } })).count,
  })
}

/** Payouts of the last weeks that had any. */
export function usePayoutWeeks(weeks: number) {
  return useQuery({
    queryKey: [...KEY, "weeks", weeks],
    refetchInterval: REFRESH_MS,
    queryFn: () => client.client.fetch<EscrowWeeksAnswer>(`${ROOM}/weeks`, { query: { weeks } }),
  })
}

/** Saves every payout that a choice lets through as a file for a spreadsheet, whatever page is in sight. */
export function useDownloadPayouts() {
  return useMutation({
    mutationFn: async (choice: PayoutListChoice) => {
      const response = await client.client.fetch<Response>(`${ROOM}.csv`, {
        query: toPayoutFilter(choice),
        headers: { accept: "text/csv" },
      })
      saveFile(await response.blob(), `shopee-payouts-${new Date().toISOString().slice(0, 10)}.csv`)
    },
  })
}
