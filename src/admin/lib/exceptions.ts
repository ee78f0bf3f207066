import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query"
import type {
  ExceptionAnswer,
  ExceptionListAnswer,
  ExceptionView,
  RetryAnswer,
} from "../../modules/connectors/shopee/types/desk"
import { client } from "./client"
import type { ErrorClassName } from "./error-classes"

/** What is retried settles by itself; nobody should have to reload the page to see it. */
const REFRESH_MS = 10_000

const ROOM = "/admin/connectors/exceptions"

/** Key of everything the Admin has read of the connectors: an exception that is retried or settled changes orders as well. */
export const CONNECTORS_KEY = ["connectors"] as const

export type ExceptionStatusName = ExceptionView["status"]

/** Which exceptions the list shows. Empty lists let every exception through. */
export interface ExceptionChoice {
  statuses: ExceptionStatusName[]
  classes: ErrorClassName[]
  limit: number
  offset: number
}

/** A page of exceptions, the newest first. The page before stays in sight while the next one is read. */
export function useExceptions(choice: ExceptionChoice) {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "exceptions", choice],
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
    queryFn: () =>
      client.client.fetch<ExceptionListAnswer>(ROOM, {
        query: {
          limit: choice.limit,
          offset: choice.offset,
          ...(choice.statuses.length > 0 && { status: choice.statuses.join(",") }),
          ...(choice.classes.length > 0 && { error_class: choice.classes.join(",") }),
        },
      }),
  })
}

/** One exception, open or settled; `null` = there is none with this id. */
export function useException(id: string) {
  return useQuery({
    queryKey: [...CONNECTORS_KEY, "exceptions", id],
    refetchInterval: REFRESH_MS,
    queryFn: async () => {
      const { exceptions } = await client.client.fetch<ExceptionListAnswer>(ROOM, { query: { id } })
      return exceptions[0] ?? null
    },
  })
}

function useRefreshed() {
  const queries = useQueryClient()
  return async () => await queries.invalidateQueries({ queryKey: CONNECTORS_KEY })
}

/** Retries one exception. */
export function useRetryException(id: string) {
  return useMutation({
    mutationFn: () => client.client.fetch<RetryAnswer>(`${ROOM}/${id}/retry`, { method: "POST" }),
    onSettled: useRefreshed(),
  })
}

/** Retries the open exceptions of a class each, or with `null` all of them; answers what each call set in motion. */
export function useRetryExceptions() {
  return useMutation({
    mutationFn: async (classes: ErrorClassName[] | null) => {
      const bodies = classes?.map((error_class) => ({ error_class })) ?? [{}]
      const answers: RetryAnswer[] = []
      for (const body of bodies) {
        answers.push(await client.client.fetch<RetryAnswer>(`${ROOM}/retry`, { method: "POST", body }))
      }
      return answers
    },
    onSettled: useRefreshed(),
  })
}

/** Settles one exception for the user who is logged in. */
export function useSettleException(id: string) {
  return useMutation({
    mutationFn: ({ status, note }: { status: Exclude<ExceptionStatusName, "open">; note: string }) =>
      client.client.fetch<ExceptionAnswer>(`${ROOM}/${id}/resolve`, {
        method: "POST",
        body: { status, ...(note.trim() !== "" && { operator_note: note }) },
      }),
    onSettled: useRefreshed(),
  })
}
