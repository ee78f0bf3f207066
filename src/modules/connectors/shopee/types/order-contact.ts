/** Where an order goes, in the fields that Shopee can change. The country is not among them: it decides the order's region. */
export interface ContactAddress {
  first_name: string
  address_1: string
  city: string
  postal_code: string
  province: string
  phone: string
}

/** Who bought, as far as Shopee tells. */
export interface ContactBuyer {
  /** Digits; null while Shopee hides it. */
  userId: string | null
  username: string | null
}

/** Address and buyer of an order, as Medusa has them or as Shopee tells them. */
export interface OrderContact {
  /** Null when there is none. */
  address: ContactAddress | null
  buyer: ContactBuyer
}
