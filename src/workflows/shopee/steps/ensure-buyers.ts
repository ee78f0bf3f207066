import type { CreateCustomerDTO, CustomerDTO, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { isMasked } from "../../../modules/connectors/shopee/normalizers/masked"
import type { ImportedBuyer } from "../../../modules/connectors/shopee/types/order-import"

type KnownCustomer = Pick<CustomerDTO, "id" | "email" | "first_name" | "metadata">

async function findCustomers(container: MedusaContainer, emails: string[]): Promise<KnownCustomer[]> {
  return await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ email: emails, has_account: false }, { select: ["id", "email", "first_name", "metadata"] })
}

/** A buyer who comes back after their name was purged has it again. */
async function nameAgain(
  container: MedusaContainer,
  customers: KnownCustomer[],
  buyers: ReadonlyMap<string, ImportedBuyer>
): Promise<void> {
  for (const { id, email, first_name, metadata } of customers) {
    const username = buyers.get(email)?.username ?? null
    if (first_name === null && username !== null && !isMasked(username)) {
      await container.resolve(Modules.CUSTOMER).updateCustomers(id, {
        first_name: username,
        metadata: { ...metadata, shopee_buyer_username: username },
      })
    }
  }
}

const toCustomer = (buyer: ImportedBuyer): CreateCustomerDTO => ({
  email: buyer.email,
  first_name: buyer.username ?? undefined,
  metadata: { shopee_buyer_user_id: buyer.userId, shopee_buyer_username: buyer.username },
})

/**
 * A customer for every Shopee buyer, found or created by the address that is made from the buyer's id. Two buyers are never
 * merged, whatever their names are.
 *
 * @returns customer ids by e-mail address.
 */
export async function ensureBuyers(container: MedusaContainer, buyers: ImportedBuyer[]): Promise<Map<string, string>> {
  const byEmail = new Map(buyers.map((buyer) => [buyer.email, buyer]))
  const emails = [...byEmail.keys()]
  const known = await findCustomers(container, emails)
  const ids = new Map(known.map(({ email, id }) => [email, id]))
  await nameAgain(container, known, byEmail)
  const unknown = () => [...byEmail.values()].filter((buyer) => !ids.has(buyer.email))
  const create = async (missing: ImportedBuyer[]) => {
    if (missing.length === 0) {
      return
    }
    const customers = await container.resolve(Modules.CUSTOMER).createCustomers(missing.map(toCustomer))
    for (const customer of customers) {
      ids.set(customer.email, customer.id)
    }
  }
  try {
    await create(unknown())
  } catch {
    // Another worker may have been first with one of them, which fails them all: look again and create the rest. What is
    // really wrong shows on this second try.
    for (const { email, id } of await findCustomers(container, emails)) {
      ids.set(email, id)
    }
    await create(unknown())
  }
  return ids
}

/**
 * Finds or creates the customers of the orders' buyers.
 *
 * Not compensated: another worker may have given the customer an order meanwhile (of five processes that import one order, the one
 * that creates the buyer often isn't the one that creates the order). A buyer without an order harms nobody.
 *
 * @returns customer ids by e-mail address.
 */
export const ensureBuyersStep = createStep(
  "ensure-shopee-buyers",
  async ({ buyers }: { buyers: ImportedBuyer[] }, { container }) =>
    new StepResponse(Object.fromEntries(await ensureBuyers(container, buyers)))
)
