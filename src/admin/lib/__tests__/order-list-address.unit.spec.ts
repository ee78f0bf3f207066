import { readOrderListAddress, toOrderListAddress, toOrderListQuery } from "../order-list-address"

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
})
