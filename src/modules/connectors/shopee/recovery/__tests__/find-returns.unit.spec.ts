import type { ReturnListQuery } from "../../client/shopee-client"
import { IncompleteListError } from "../../client/read-windows"
import type { ReturnHint } from "../../sql/list-return-hints"
import type { KnownReturn } from "../../types/normalized-return"
import type { OrderState } from "../../types/recovery"
import { findReturns } from "../find-returns"

const never = new AbortController().signal
const seconds = (time: number) => new Date(time * 1000)
const RANGE = { from: seconds(1_772_000_000), to: seconds(1_772_086_400) }
/** When the list says that its returns changed. */
const CHANGED = RANGE.from.getTime() / 1000 + 600

interface Row {
  returnSn: string
  /** Null: Shopee does not say when it changed. */
  updatedAt?: Date | null
}

const known = (return_sn: string, updatedAt: number, fields: Partial<KnownReturn> = {}): KnownReturn => ({
  return_sn,
  ordersn: `ORDER-${return_sn}`,
  status: "REFUND_PAID",
  reason: null,
  refund_amount: "5",
  currency: "SGD",
  goods: "returned",
  after_completion: false,
  disputed: false,
  due_at: null,
  logistics_status: null,
  tracking_number: null,
  items: [],
  requested_at: null,
  updated_at: seconds(updatedAt),
  refund_paid_at: null,
  fetched_at: seconds(CHANGED),
  final: true,
  ...fields,
})

const state = (returnSn: string, isWaiting: boolean): OrderState => ({
  ordersn: `ORDER-${returnSn}`,
  shopeeStatus: "COMPLETED",
  shopeeUpdateTime: null,
  isWaiting,
})

const told = (returnSn: string, at: number): ReturnHint => ({
  ordersn: `ORDER-${returnSn}`,
  returnSn,
  toldAt: seconds(at),
})

async function find(
  rows: Row[],
  options: { known?: KnownReturn[]; hints?: ReturnHint[]; states?: OrderState[]; pageSize?: number } = {}
) {
  const pages: number[] = []
  const size = options.pageSize ?? 100
  const client = {
    getReturnList: async ({ pageNo = 0 }: ReturnListQuery) => {
      pages.push(pageNo)
      const page = rows.slice(pageNo * size, (pageNo + 1) * size)
      return {
        returns: page.map(({ returnSn, updatedAt = seconds(CHANGED) }) => ({
          ...{ returnSn, orderSn: `ORDER-${returnSn}`, updatedAt },
        })),
        more: (pageNo + 1) * size < rows.length,
      }
    },
  }
  const store = {
    listReturns: async () => options.known ?? [],
    listReturnHints: async () => options.hints ?? [],
    listOrderStates: async () => options.states ?? [],
  }
  const { count, behind } = await findReturns(client, store, "7", RANGE, never)
  return { count, behind: behind.map(({ returnSn }) => returnSn), pages }
}

describe("comparing with Shopee's returns", () => {
  it("finds those that were never read and those that changed since, with one call", async () => {
    const rows = [
      { returnSn: "RIGHT" },
      { returnSn: "CHANGED" },
      { returnSn: "NEW" },
      { returnSn: "UNDATED", updatedAt: null },
    ]
    const rowsOfOurs = [known("RIGHT", CHANGED), known("CHANGED", CHANGED - 1), known("UNDATED", CHANGED)]
    expect(await find(rows, { known: rowsOfOurs })).toEqual({ count: 4, behind: ["CHANGED", "NEW"], pages: [0] })
  })

  it("leaves those to their push that it has told of, as long as their order is worked on", async () => {
    const rows = [{ returnSn: "TOLD" }, { returnSn: "SETTLED" }, { returnSn: "READ" }, { returnSn: "OPEN" }]
    const options = {
      known: [known("READ", 1, { fetched_at: seconds(200) }), known("OPEN", 1, { final: false })],
      hints: [told("TOLD", 100), told("SETTLED", 100), told("READ", 100)],
      states: [state("TOLD", true), state("SETTLED", false), state("READ", true), state("OPEN", true)],
    }
    expect((await find(rows, options)).behind).toEqual(["SETTLED", "READ"])
  })

  it("reads a list of several pages until it finds nothing new, and none that has no end", async () => {
    const rows = Array.from({ length: 5 }, (_, index) => ({ returnSn: `R${index}` }))
    expect(await find(rows, { pageSize: 2 })).toMatchObject({ count: 5, pages: [0, 1, 2, 0, 1, 2] })
    const endless = Array.from({ length: 60 }, (_, index) => ({ returnSn: `R${index}` }))
    await expect(find(endless, { pageSize: 1 })).rejects.toThrow(IncompleteListError)
  })
})
