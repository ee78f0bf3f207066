import {
  filterOrders,
  readOrderListAddress,
  toOrderFiltering,
  toOrderListAddress,
  toOrderListQuery,
} from "../order-list-address"

const read = (address: string) => readOrderListAddress(new URLSearchParams(address))

describe("the address of a list of orders", () => {
  it("without anything is every order, the newest first", () => {
    expect(toOrderListQuery(read(""))).toEqual({ limit: 20, offset: 0, order: "-created_at" })
    expect(toOrderListAddress(read("")).toString()).toBe("")
  })

  it("keeps search, filters, sequence and page", () => {
    const address =
      "q=2611&progress=held&status=SHIPPED%2CCOMPLETED&from=2026-11-01T00%3A00%3A00.000Z&order=shopee_update_time&page=3"
    expect(toOrderListAddress(read(address)).toString()).toBe(address)
    expect(toOrderListQuery(read(address))).toEqual({
      limit: 20,
      offset: 40,
      order: "shopee_update_time",
      q: "2611",
      progress: "held",
      shopee_status: "SHIPPED,COMPLETED",
      created_from: "2026-11-01T00:00:00.000Z",
    })
  })

  it("searches for the order number in what was pasted", () => {
    expect(toOrderListQuery(read("q=%20%23SHP-2611ABC%25"))).toMatchObject({ q: "SHP-2611ABC" })
    expect(toOrderListQuery(read("q=%25"))).not.toHaveProperty("q")
  })

  it("leaves out what no list has", () => {
    const address = "progress=lost&status=%3Cscript%3E&from=yesterday&order=-payload&page=-2"
    expect(toOrderListQuery(read(address))).toEqual({ limit: 20, offset: 0, order: "-created_at" })
  })

  it("is what the table's filters are, and a new filter begins at the first page", () => {
    const address = "progress=held&status=SHIPPED&from=2026-11-01T00%3A00%3A00.000Z"
    expect(filterOrders(read("q=2611&page=4"), toOrderFiltering(read(address)))).toEqual(read(`q=2611&${address}`))
    expect(filterOrders(read(`${address}&page=2`), {})).toEqual(read(""))
  })
})
