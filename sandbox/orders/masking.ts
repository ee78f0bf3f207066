import type { Masking, RecipientSpec } from "../control/order-spec"

type Recipient = Required<RecipientSpec>

const MASK = "****"

/**
 * The recipient as Shopee shows it to an app without the right to read personal data.
 * Singapore masks every field; other markets leave an end of name, phone and address and the places in clear.
 */
export function maskRecipient(recipient: Recipient, masking: Masking): Recipient {
  if (masking === false) return recipient
  if (masking === "partial") {
    return {
      ...recipient,
      name: `${recipient.name.charAt(0)}******${recipient.name.slice(-1)}`,
      phone: `******${recipient.phone.slice(-2)}`,
      full_address: `${recipient.full_address.slice(0, 2)}******`,
    }
  }
  const hide = (value: string): string => (value === "" ? "" : MASK)
  return {
    name: hide(recipient.name),
    phone: hide(recipient.phone),
    town: hide(recipient.town),
    district: hide(recipient.district),
    city: hide(recipient.city),
    state: hide(recipient.state),
    region: hide(recipient.region),
    zipcode: hide(recipient.zipcode),
    full_address: hide(recipient.full_address),
  }
}
