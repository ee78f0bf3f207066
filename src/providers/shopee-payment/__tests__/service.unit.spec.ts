import { MedusaError } from "@medusajs/framework/utils"
import { SHOPEE_REFUND_NOTE } from "../refund-note"
import ShopeePaymentProvider from "../service"

const provider = new ShopeePaymentProvider({})
const paid = { shopee_ordersn: "260301ABCDEF08" }

describe("the Shopee payment provider", () => {
  it("calls itself by the name that medusa-config registers", () => {
    expect(ShopeePaymentProvider.identifier).toBe("shopee")
    expect(provider.getIdentifier()).toBe("shopee")
  })

  it("opens a session under the order's number, which it keeps", async () => {
    const input = { amount: 10, currency_code: "sgd" }

    expect(await provider.initiatePayment({ ...input, data: paid })).toEqual({ id: "260301ABCDEF08", data: paid })
    expect(await provider.initiatePayment(input)).toEqual({ id: "shopee", data: {} })
  })

  it("authorises as captured: an order is only authorised after Shopee took the money", async () => {
    expect(await provider.authorizePayment({ data: paid })).toEqual({ status: "captured", data: paid })
    expect(await provider.getPaymentStatus({ data: paid })).toEqual({ status: "captured", data: paid })
  })

  it.each([
    ["no data", undefined],
    ["no note", paid],
    ["a note that is not true", { ...paid, [SHOPEE_REFUND_NOTE]: "yes" }],
  ])("refuses a refund that somebody pressed by hand, and says where to make it (%s)", async (_, data) => {
    const refund = provider.refundPayment({ amount: 10, data })

    await expect(refund).rejects.toMatchObject({ type: MedusaError.Types.NOT_ALLOWED })
    await expect(refund).rejects.toThrow(/Seller Centre/)
  })

  it("records a refund that Shopee has made", async () => {
    const data = { ...paid, [SHOPEE_REFUND_NOTE]: true }

    expect(await provider.refundPayment({ amount: 10, data })).toEqual({ data })
  })

  it("keeps its data through everything else", async () => {
    expect(await provider.capturePayment({ data: paid })).toEqual({ data: paid })
    expect(await provider.cancelPayment({ data: paid })).toEqual({ data: paid })
    expect(await provider.deletePayment({ data: paid })).toEqual({ data: paid })
    expect(await provider.retrievePayment({ data: paid })).toEqual({ data: paid })
    expect(await provider.updatePayment({ amount: 10, currency_code: "sgd", data: paid })).toEqual({ data: paid })
  })

  it("takes no webhooks: Shopee's pushes have a door of their own", async () => {
    expect(await provider.getWebhookActionAndData()).toEqual({ action: "not_supported" })
  })
})
