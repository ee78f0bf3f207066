import type { RawShopeeEscrow } from "../../client/shopee-client"
import { ShopeeCallError, type ShopeeCallErrorKind } from "../../client/shopee-errors"
import { EscrowNotAtShopeeError, readEscrows } from "../read-escrows"

const failure = (kind: ShopeeCallErrorKind) =>
  new ShopeeCallError({ kind, endpoint: "payment/get_escrow_detail", code: "some_code", reason: "Shopee says no" })

type Answer = "given" | "left out" | "another order's" | ShopeeCallErrorKind

/** A Shopee that answers by order; `batch` is what the batch call as a whole ends with. */
class FakeShopee {
  batchCalls = 0
  readonly singles: string[] = []

  constructor(
    private readonly answers: Record<string, Answer>,
    private readonly batch: "answered" | ShopeeCallErrorKind = "answered"
  ) {}

  async getEscrowDetails(ordersns: string[]): Promise<RawShopeeEscrow[]> {
    this.batchCalls += 1
    if (this.batch !== "answered") {
      throw failure(this.batch)
    }
    return [...ordersns, "UNASKED"]
      .filter((ordersn) => ordersn === "UNASKED" || this.answers[ordersn] === "given")
      .map((order_sn) => ({ order_sn }))
  }

  async getEscrowDetail(ordersn: string): Promise<RawShopeeEscrow> {
    this.singles.push(ordersn)
    const answer = this.answers[ordersn] ?? "not_found"
    if (answer === "given" || answer === "left out") {
      return { order_sn: ordersn }
    }
    if (answer === "another order's") {
      return { order_sn: "OTHER" }
    }
    throw failure(answer)
  }

  async read() {
    const { readings, trouble } = await readEscrows(this, Object.keys(this.answers))
    return { read: [...readings.keys()], readings, trouble: trouble?.kind ?? null }
  }
}

describe("reading escrows", () => {
  it("takes one call when Shopee answers for all, and nothing that was not asked for", async () => {
    const shopee = new FakeShopee({ A: "given", B: "given" })
    expect(await shopee.read()).toMatchObject({ read: ["A", "B"], trouble: null })
    expect([shopee.batchCalls, shopee.singles]).toEqual([1, []])
  })

  it("asks one by one for what the batch left out", async () => {
    const shopee = new FakeShopee({ A: "given", B: "left out", C: "not_found", D: "another order's", E: "permanent" })
    const { read, readings, trouble } = await shopee.read()
    expect(shopee.singles).toEqual(["B", "C", "D", "E"])
    expect([read, trouble]).toEqual([["A", "B", "C", "D", "E"], null])
    expect(readings.get("B")).toEqual({ order_sn: "B" })
    expect(readings.get("C")).toBeInstanceOf(EscrowNotAtShopeeError)
    expect(readings.get("D")).toBeInstanceOf(Error)
    expect(readings.get("E")).toBeInstanceOf(ShopeeCallError)
  })

  it.each(["transient", "throttled", "auth"] as const)("asks for none when the batch is %s", async (kind) => {
    const shopee = new FakeShopee({ A: "given", B: "given" }, kind)
    expect(await shopee.read()).toMatchObject({ read: [], trouble: kind })
    expect(shopee.singles).toEqual([])
  })

  it.each(["not_found", "permanent"] as const)(
    "reads the good ones when a batch is %s because of one",
    async (kind) => {
      const shopee = new FakeShopee({ A: "permanent", B: "given", C: "given" }, kind)
      const { read, readings, trouble } = await shopee.read()
      expect([read, trouble]).toEqual([["A", "B", "C"], null])
      expect(readings.get("A")).toBeInstanceOf(ShopeeCallError)
      expect(readings.get("C")).toEqual({ order_sn: "C" })
    }
  )

  it("blames no order when every call is refused, and stops after three", async () => {
    const shopee = new FakeShopee({ A: "permanent", B: "permanent", C: "permanent", D: "permanent" }, "permanent")
    expect(await shopee.read()).toMatchObject({ read: [], trouble: "permanent" })
    expect(shopee.singles).toEqual(["A", "B"])
  })

  it("blames the order that breaks its call where the batch was answered, and leaves the rest for the next batch", async () => {
    const shopee = new FakeShopee({ A: "given", B: "transient", C: "left out" })
    const { read, readings, trouble } = await shopee.read()
    expect([read, trouble]).toEqual([["A", "B"], null])
    expect(readings.get("B")).toBeInstanceOf(ShopeeCallError)
  })

  it.each(["throttled", "auth"] as const)("keeps what was read when a single call is %s", async (kind) => {
    const shopee = new FakeShopee({ A: "given", B: kind, C: "left out" })
    expect(await shopee.read()).toMatchObject({ read: ["A"], trouble: kind })
    expect(shopee.singles).toEqual(["B"])
  })

  it("keeps what was read one by one when Shopee goes down meanwhile", async () => {
    const shopee = new FakeShopee({ A: "given", B: "transient", C: "given" }, "not_found")
    expect(await shopee.read()).toMatchObject({ read: ["A"], trouble: "transient" })
  })

  it("hands on errors that are not Shopee's", async () => {
    const broken = {
      getEscrowDetails: () => Promise.reject(new Error("our database is gone")),
      getEscrowDetail: () => Promise.reject(new Error("our database is gone")),
    }
    await expect(readEscrows(broken, ["A"])).rejects.toThrow("our database is gone")
  })
})
