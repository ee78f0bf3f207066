import {
  chooseWeek,
  filterPayouts,
  readPayoutListAddress,
  toPayoutFilter,
  toPayoutFiltering,
  toPayoutListAddress,
  toPayoutListQuery,
} from "../payout-list-address"

const read = (address: string) => readPayoutListAddress(new URLSearchParams(address))

const ADDRESS =
  "q=2611&state=late&differs=true&from=2026-11-01T00%3A00%3A00.000Z&to=2026-11-08T12%3A34%3A56.000Z&order=escrow_release_time&page=3"

it("an address and the choice it stands for are the same thing", () => {
  expect(toPayoutListAddress(read(ADDRESS)).toString()).toBe(ADDRESS)
  expect(toPayoutListAddress(read("")).toString()).toBe("")
})

it("what nobody could choose is left out", () => {
  expect(read("state=lost&differs=yes&from=soon&order=-payload&page=0")).toEqual(read(""))
})

it("a choice becomes the query of the list, and its filter that of the file", () => {
  const filter = {
    q: "2611",
    state: "late",
    differs: "true",
    released_from: "2026-11-01T00:00:00.000Z",
    released_to: "2026-11-08T12:34:56.000Z",
  }
  expect(toPayoutFilter(read(ADDRESS))).toEqual(filter)
  expect(toPayoutListQuery(read(ADDRESS))).toEqual({ ...filter, limit: 20, offset: 40, order: "escrow_release_time" })
  expect(toPayoutListQuery(read(""))).toEqual({ limit: 20, offset: 0, order: "-created_at" })
})

it("a pasted order number loses what no number has", () => {
  expect(toPayoutFilter(read("q=%23SHP-2611AB%20"))).toEqual({ q: "SHP-2611AB" })
})

it("the table's filters and the choice are the same thing, and a new filter begins at the first page", () => {
  expect(filterPayouts(read(""), toPayoutFiltering(read(ADDRESS)))).toEqual({
    ...read(ADDRESS),
    search: "",
    sort: "created_at",
    descending: true,
    page: 0,
  })
  expect(filterPayouts(read("state=late&page=4"), {})).toEqual(read(""))
})

it("the last day of a range belongs to it", () => {
  const midnight = new Date(2026, 10, 23)
  const { to } = filterPayouts(read(""), { released_at: { $lte: midnight.toISOString() } })
  expect(to).toBe(new Date(2026, 10, 23, 23, 59, 59, 999).toISOString())
})

it("a week's payouts are those from Monday to Sunday, the first released first", () => {
  expect(toPayoutListAddress(chooseWeek(read("state=released&page=2"), "2026-11-23")).toString()).toBe(
    "state=released&from=2026-11-22T16%3A00%3A00.000Z&to=2026-11-29T15%3A59%3A59.999Z&order=escrow_release_time"
  )
})
