import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type { AuthorizeAnswer, TestConnectionAnswer } from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import { CONNECTORS_KEY } from "./exceptions"

const ROOM = "/admin/connectors/shopee"
const TEST_KEY = [...CONNECTORS_KEY, "shopee", "test-connection"] as const

/** What a test of the connection found. It calls Shopee, so it is made once, and then only when somebody asks for it. */
export function useConnectionTest() {
  return useQuery({
    queryKey: TEST_KEY,
    staleTime: Infinity,
    retry: false,
    refetchOnWindowFocus: false,
    queryFn: () => client.client.fetch<TestConnectionAnswer>(`${ROOM}/test-connection`, { method: "POST" }),
  })
}

/** Leaves for Shopee's page, where the seller authorises the shop; it comes back to the settings. */
export function useAuthorizeShop() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => client.client.fetch<AuthorizeAnswer>(`${ROOM}/authorize`),
    onSuccess: ({ url }) => {
      queries.removeQueries({ queryKey: TEST_KEY })
      window.location.assign(url)
    },
  })
}
