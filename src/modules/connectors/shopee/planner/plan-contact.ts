import { isMasked, mergeUnmasked } from "../normalizers/masked"
import type { ContactAddress, ContactBuyer, OrderContact } from "../types/order-contact"
import type { PlanStep } from "../types/plan"

const ADDRESS_FIELDS = ["first_name", "address_1", "city", "postal_code", "province", "phone"] as const

const sameAddress = (a: ContactAddress, b: ContactAddress): boolean =>
  ADDRESS_FIELDS.every((field) => a[field] === b[field])

/** A reading without name, street and phone tells nothing of where the order goes. */
const isBlank = ({ first_name, address_1, phone }: ContactAddress): boolean =>
  [first_name, address_1, phone].every((text) => text.trim() === "")

function newAddress(known: ContactAddress | null, told: ContactAddress | null): ContactAddress | null {
  if (told === null || isBlank(told)) {
    return null
  }
  const merged = mergeUnmasked(known, told)
  return known !== null && sameAddress(known, merged) ? null : merged
}

/**
 * The id only goes from hidden to known: a buyer that is known by an id stays that buyer, whatever a later reading hides. A masked name
 * never takes the place of a clear one.
 */
function newBuyer(known: ContactBuyer, told: ContactBuyer): ContactBuyer | null {
  const isAnotherBuyer = known.userId !== null && told.userId !== null && known.userId !== told.userId
  const isNameTold = told.username !== null && told.username.trim() !== "" && !isAnotherBuyer
  const keepsName =
    !isNameTold || (known.username !== null && !isMasked(known.username) && isMasked(told.username ?? ""))
  const buyer = {
    userId: known.userId ?? told.userId,
    username: keepsName ? known.username : told.username,
  }
  return buyer.userId === known.userId && buyer.username === known.username ? null : buyer
}

/**
 * What is left to do so that an order's address and buyer are those that Shopee tells now, field by field; what Shopee masks never takes
 * the place of what was told in clear.
 */
export function contact(known: OrderContact, told: OrderContact): PlanStep[] {
  const address = newAddress(known.address, told.address)
  const buyer = newBuyer(known.buyer, told.buyer)
  return address === null && buyer === null ? [] : [{ kind: "update_contact", address, buyer }]
}
