import { uploadsAddress } from "../uploads-address"

describe("uploadsAddress", () => {
  it("is on the host of the Admin, whatever the Admin's path is", () => {
    expect(uploadsAddress({ adminUrl: "https://shop.example.com/app", port: 9000 })).toBe(
      "https://shop.example.com/static"
    )
    expect(uploadsAddress({ adminUrl: "https://shop.example.com:8443", port: 9000 })).toBe(
      "https://shop.example.com:8443/static"
    )
  })

  it("is this machine while nobody said where the Admin is", () => {
    expect(uploadsAddress({ adminUrl: null, port: 19000 })).toBe("http://localhost:19000/static")
  })
})
