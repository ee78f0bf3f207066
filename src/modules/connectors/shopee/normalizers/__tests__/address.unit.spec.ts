import { normalizeShopeeAddress } from "../address"
import { shopeeAddress } from "./shopee-order-samples"

describe("normalizeShopeeAddress", () => {
  it("never splits a name", () => {
    expect(normalizeShopeeAddress(shopeeAddress({ name: "Siti Nurhaliza binte Ahmad" }))).toMatchObject({
      first_name: "Siti Nurhaliza binte Ahmad",
      last_name: "",
    })
  })

  it("has exactly Medusa's fields", () => {
    expect(normalizeShopeeAddress(shopeeAddress({ state: "Selangor", region: "MY" }))).toEqual({
      first_name: "Mei Ling Tan",
      last_name: "",
      address_1: "12 Sample Walk, #03-45, Singapore 560123",
      address_2: null,
      city: "Singapore",
      postal_code: "560123",
      country_code: "my",
      province: "Selangor",
      phone: "6590000001",
    })
  })

  it.each(["", " ", "-", null, undefined])("has no province when the state is %p", (state) => {
    expect(normalizeShopeeAddress(shopeeAddress({ state })).province).toBeNull()
  })

  it("keeps masked values as they came, but for the country", () => {
    const masked = {
      name: "d***n",
      phone: "******01",
      city: "****",
      zipcode: "****",
      full_address: "Bl******",
      region: "****",
    }
    expect(normalizeShopeeAddress(masked)).toMatchObject({
      first_name: "d***n",
      phone: "******01",
      city: "****",
      postal_code: "****",
      address_1: "Bl******",
      country_code: null,
    })
  })

  it("keeps the zeros of a postal code and takes one that comes as a number", () => {
    expect(normalizeShopeeAddress(shopeeAddress({ zipcode: "018956" })).postal_code).toBe("018956")
    expect(normalizeShopeeAddress(shopeeAddress({ zipcode: 560123 })).postal_code).toBe("560123")
  })

  it.each([{}, null, undefined, "somewhere", []])("is empty for %p", (address) => {
    expect(normalizeShopeeAddress(address)).toEqual({
      first_name: "",
      last_name: "",
      address_1: "",
      address_2: null,
      city: "",
      postal_code: "",
      country_code: null,
      province: null,
      phone: "",
    })
  })
})
