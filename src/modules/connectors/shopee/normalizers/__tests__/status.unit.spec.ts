import { ShopeeOrderStatus } from "../../types/enums"
import { mapShopeeStatusToAction } from "../status"

describe("mapShopeeStatusToAction", () => {
  it.each([
    [ShopeeOrderStatus.UNPAID, "create_pending"],
    [ShopeeOrderStatus.READY_TO_SHIP, "mark_payment_captured"],
    [ShopeeOrderStatus.PROCESSED, "create_shipment"],
    [ShopeeOrderStatus.RETRY_SHIP, "log_only"],
    [ShopeeOrderStatus.SHIPPED, "fulfill"],
    [ShopeeOrderStatus.TO_CONFIRM_RECEIVE, "log_only"],
    [ShopeeOrderStatus.IN_CANCEL, "log_only"],
    [ShopeeOrderStatus.CANCELLED, "cancel"],
    [ShopeeOrderStatus.TO_RETURN, "log_only"],
    [ShopeeOrderStatus.COMPLETED, "complete_and_fetch_escrow"],
  ])("labels %s as %s", (status, action) => {
    expect(mapShopeeStatusToAction(status)).toBe(action)
  })

  it("has a label for every status the connector knows", () => {
    const unknown = Object.values(ShopeeOrderStatus).filter((status) => mapShopeeStatusToAction(status) === "unknown")
    expect(unknown).toEqual([])
  })

  it.each(["PENDING", "INVOICE_PENDING", "", "shipped", "constructor", "__proto__", "toString"])(
    "labels %p as unknown",
    (status) => {
      expect(mapShopeeStatusToAction(status)).toBe("unknown")
    }
  )
})
