import type { MedusaContainer, PaymentCollectionDTO } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SHOPEE_PAYMENT_PROVIDER_ID } from "../../../src/providers/shopee-payment"
import { shopPart } from "../../support/shop-suite"

const DRAKE = "EMB-014-NM"
/** What differs between two payments of one kind. */
const OWN = /^(id|.*_id|.*_at)$/

/** A record without what makes it the one that it is: ids become "set" or null, and so do times. */
function kindOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(kindOf)
  }
  if (typeof value !== "object" || value === null) {
    return value
  }
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, field]): [string, unknown] => [
        name,
        OWN.test(name) ? (field === null ? null : "set") : kindOf(field),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1))
  )
}

/** The payment as the module answers it, down to its captures. */
async function readCollection(container: MedusaContainer, id: string): Promise<PaymentCollectionDTO> {
  return await container.resolve(Modules.PAYMENT).retrievePaymentCollection(id, {
    relations: ["payment_sessions", "payments", "payments.captures", "payments.refunds"],
  })
}

/** What Medusa's module writes when a session is authorised and our provider answers `captured`. */
async function captureOneByOne(container: MedusaContainer, ordersn: string, amount: number): Promise<string> {
  const payments = container.resolve(Modules.PAYMENT)
  const [collection] = await payments.createPaymentCollections([{ currency_code: "sgd", amount }])
  const session = await payments.createPaymentSession(collection?.id ?? "", {
    provider_id: SHOPEE_PAYMENT_PROVIDER_ID,
    currency_code: "sgd",
    amount,
    data: { shopee_ordersn: ordersn },
  })
  await payments.authorizePaymentSession(session.id, {})
  return collection?.id ?? ""
}

export const payments = shopPart({ stock: { [DRAKE]: 100 } }, (shop) => {
  it("payments that are captured together are what Medusa's module makes of them one by one", async () => {
    const orders = await shop.sandbox.control.createOrders(
      [12.5, 0.1, 3.33].map((price) => ({
        lines: [{ sku: DRAKE, name: "Ember Drake #014", price, quantity: 1 }],
        status: "READY_TO_SHIP",
        push: false,
      }))
    )
    await shop.follow(...orders.map(({ order_sn }) => order_sn))

    const { data } = await shop.container.resolve(ContainerRegistrationKeys.QUERY).graph({
      entity: "order",
      fields: ["metadata", "payment_collections.id"],
      filters: {},
    })
    const rows: { metadata: { shopee_ordersn: string }; payment_collections: { id: string }[] }[] = data
    expect(rows).toHaveLength(orders.length)
    for (const { order_sn, amounts } of orders) {
      const row = rows.find(({ metadata }) => metadata.shopee_ordersn === order_sn)
      const ours = await readCollection(shop.container, row?.payment_collections[0]?.id ?? "")
      const theirs = await readCollection(
        shop.container,
        await captureOneByOne(shop.container, order_sn, amounts.total)
      )
      expect(kindOf(ours)).toEqual(kindOf(theirs))
      expect(ours).toMatchObject({ status: "completed", captured_amount: amounts.total })
      const [session] = ours.payment_sessions ?? []
      expect(session?.data).toEqual({ shopee_ordersn: order_sn, session_id: session?.id })
    }
  })
})
