import { buyerIdOf } from "../mappers/order-import"
import type { OrderContact } from "../types/order-contact"

/** A Medusa order, as far as its address and its buyer go. */
interface ContactRow {
  metadata: Record<string, unknown> | null
  shipping_address?: Record<string, unknown> | null
}

const text = (value: unknown): string => (typeof value === "string" ? value : "")

/** Address and buyer of an order, as Medusa has them. */
export function readContact({ metadata, shipping_address: address }: ContactRow): OrderContact {
  const username = metadata?.shopee_buyer_username
  return {
    address: address
      ? {
          first_name: text(address.first_name),
          address_1: text(address.address_1),
          city: text(address.city),
          postal_code: text(address.postal_code),
          province: text(address.province),
          phone: text(address.phone),
        }
      : null,
    buyer: {
      userId: buyerIdOf(metadata?.shopee_buyer_user_id),
      username: typeof username === "string" ? username : null,
    },
  }
}
