import fc from "fast-check"
import type { ContactAddress, ContactBuyer, OrderContact } from "../../types/order-contact"
import { contact } from "../plan-contact"

const home: ContactAddress = {
  first_name: "Mei Lin Koh",
  address_1: "Blk 221 Hougang Street 21, #08-114",
  city: "Singapore",
  postal_code: "530221",
  province: "",
  phone: "6591234567",
}
const masked: ContactAddress = {
  first_name: "****",
  address_1: "****",
  city: "****",
  postal_code: "****",
  province: "",
  phone: "****",
}
const hidden: ContactBuyer = { userId: null, username: null }
const mei: ContactBuyer = { userId: "81234567", username: "mei_cards" }

const at = (address: ContactAddress | null, buyer: ContactBuyer = mei): OrderContact => ({ address, buyer })
const update = (address: ContactAddress | null, buyer: ContactBuyer | null = null) => [
  { kind: "update_contact", address, buyer },
]

describe("an order's address", () => {
  it("that Shopee tells as it is known needs nothing", () => {
    expect(contact(at(home), at({ ...home }))).toEqual([])
    expect(contact(at(null), at(null))).toEqual([])
  })

  it("is taken when it was changed, when it was masked, and when there was none", () => {
    const moved = { ...home, address_1: "10 Tampines Ave 4, #02-11", postal_code: "529681" }
    for (const known of [home, masked, null]) {
      expect(contact(at(known), at(moved))).toEqual(update(moved))
    }
  })

  it.each<[string, ContactAddress]>([
    ["wholly", masked],
    ["in part", { ...home, first_name: "M******h", phone: "******67", address_1: "Bl******" }],
  ])("that is clear is kept when it is told masked %s", (_, told) => {
    expect(contact(at(home), at(told))).toEqual([])
  })

  it("is told field by field: what is clear is taken, what is masked is not", () => {
    const told = { ...masked, city: "Johor Bahru", postal_code: "80000", phone: "******99" }
    expect(contact(at(home), at(told))).toEqual(update({ ...home, city: "Johor Bahru", postal_code: "80000" }))
  })

  it("is kept when a reading has none, or an empty one", () => {
    const empty = { first_name: "", address_1: " ", city: "", postal_code: "", province: "", phone: "" }
    expect(contact(at(home), at(null))).toEqual([])
    expect(contact(at(home), at(empty))).toEqual([])
    expect(contact(at(home), at({ ...home, province: "Johor", city: "" }))).toEqual(
      update({ ...home, province: "Johor", city: "" })
    )
  })

  it("keeps the last clear value of each field, whatever readings come, and needs nothing once it is applied", () => {
    const value = fc.constantFrom("****", "P******n", "Clear 1", "Clear 2")
    const reading = fc.record({
      first_name: value,
      address_1: value,
      city: value,
      postal_code: value,
      province: value,
      phone: value,
    })
    fc.assert(
      fc.property(fc.array(reading, { minLength: 1, maxLength: 6 }), (readings) => {
        const end = readings.reduce<ContactAddress | null>((known, told) => {
          const [step] = contact(at(known), at(told))
          const next = step?.kind === "update_contact" && step.address ? step.address : known
          expect(contact(at(next), at(told))).toEqual([])
          return next
        }, null)
        for (const field of ["first_name", "address_1", "phone"] as const) {
          const lastClear = readings
            .map((each) => each[field])
            .filter((text) => !text.includes("*"))
            .at(-1)
          expect(end?.[field]).toBe(lastClear ?? readings.at(-1)?.[field])
        }
      })
    )
  })
})

describe("an order's buyer", () => {
  it.each<[string, ContactBuyer, ContactBuyer, ContactBuyer | null]>([
    ["is known once Shopee tells who it is", hidden, mei, mei],
    ["stays known when a later reading hides the id", mei, { userId: null, username: "mei_cards" }, null],
    ["stays known when a later reading hides all", mei, hidden, null],
    ["keeps the clear name when the name is masked", mei, { ...mei, username: "m***s" }, null],
    ["is told by the clear name once there is one", { ...mei, username: "m***s" }, mei, mei],
    ["is told by a new name", mei, { ...mei, username: "mei_slabs" }, { ...mei, username: "mei_slabs" }],
    ["keeps the name when a reading has none", mei, { ...mei, username: " " }, null],
    [
      "is known by the id alone, with the name still masked",
      { userId: null, username: "m***s" },
      { userId: "81234567", username: "****" },
      { userId: "81234567", username: "****" },
    ],
    ["never becomes another buyer, nor takes that one's name", mei, { userId: "70000001", username: "other" }, null],
  ])("%s", (_, known, told, buyer) => {
    expect(contact(at(home, known), at(home, told))).toEqual(buyer ? update(null, buyer) : [])
  })
})
