import fc from "fast-check"
import { isMasked, mergeUnmasked } from "../masked"

describe("isMasked", () => {
  it.each(["****", "M******g", "******01", "Bl******", "d***n", "*"])("takes %s for masked", (text) => {
    expect(isMasked(text)).toBe(true)
  })

  it.each(["", "Mei Ling Tan", "#03-45", "-"])("takes %p for clear", (text) => {
    expect(isMasked(text)).toBe(false)
  })
})

interface Contact {
  first_name: string
  phone: string
  city: string
  province: string | null
}

describe("mergeUnmasked", () => {
  const known: Contact = { first_name: "Mei Ling Tan", phone: "6590000001", city: "Singapore", province: null }

  it("keeps what is clear where the new value is masked, and takes the rest", () => {
    const incoming: Contact = { first_name: "M******n", phone: "******01", city: "Johor Bahru", province: "Johor" }
    expect(mergeUnmasked(known, incoming)).toEqual({
      first_name: "Mei Ling Tan",
      phone: "6590000001",
      city: "Johor Bahru",
      province: "Johor",
    })
  })

  it("takes the masked value where nothing clear is known", () => {
    const masked = { first_name: "M******n", phone: "****", city: "****", province: "****" }
    expect(mergeUnmasked(null, masked)).toEqual(masked)
    expect(mergeUnmasked({ first_name: "****", phone: "", city: "S***" }, masked)).toEqual(masked)
  })

  it("takes an emptied field as emptied", () => {
    expect(mergeUnmasked(known, { ...known, city: "" }).city).toBe("")
  })

  it("changes neither of the two", () => {
    const incoming: Contact = Object.freeze({ ...known, phone: "****" })
    mergeUnmasked(Object.freeze({ ...known }), incoming)
    expect(incoming.phone).toBe("****")
  })

  it("never loses a clear value to a masked one, for any history of readings", () => {
    const value = fc.constantFrom<string>("****", "P***n", "Clear Street 1", "Clear Street 2")
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (readings) => {
        const end = readings.reduce<{ address_1: string } | null>(
          (state, address_1) => mergeUnmasked(state, { address_1 }),
          null
        )
        const lastClear = readings.filter((reading) => !isMasked(reading)).at(-1)
        expect(end?.address_1).toBe(lastClear ?? readings.at(-1))
      })
    )
  })
})
