import { ErrorClass } from "../../../shared/types/enums"
import { ShopeeCallError } from "../../client/shopee-errors"
import { AmbiguousSkuError, SkuNotFoundError } from "../../mappers/sku-errors"
import { NormalizationError } from "../../normalizers/normalization-error"
import { UnpriceableOrderError } from "../../planner/price-order"
import { classifyFailure } from "../classify-failure"
import { OrderNotAtShopeeError } from "../read-orders"

describe("classifyFailure", () => {
  it("an unknown SKU waits for that SKU, or for a mapping of the listings that carry it", () => {
    const error = new SkuNotFoundError(["OGN-066A", ""], "A1", ["900:1", "900:2"])

    expect(classifyFailure(error)).toEqual({
      errorClass: ErrorClass.SKU_NOT_FOUND,
      message: error.message,
      details: { skus: ["OGN-066A"], listings: ["900:1", "900:2"] },
      waitingSkus: ["OGN-066A"],
      waitingListings: ["900:1", "900:2"],
    })
  })

  it("a line without any SKU waits for a mapping, since no variant can release it", () => {
    expect(classifyFailure(new SkuNotFoundError([""], "A1", ["900:1"]))).toMatchObject({
      errorClass: ErrorClass.SKU_NOT_FOUND,
      waitingSkus: null,
      waitingListings: ["900:1"],
    })
  })

  it("an ambiguous SKU waits until it is on one variant", () => {
    expect(classifyFailure(new AmbiguousSkuError("TWICE", ["variant_1", "variant_2"], "A1", ["900:1"]))).toMatchObject({
      errorClass: ErrorClass.AMBIGUOUS_SKU,
      details: { sku: "TWICE", variant_ids: ["variant_1", "variant_2"] },
      waitingSkus: ["TWICE"],
      waitingListings: ["900:1"],
    })
  })

  it("an order that can't be read names the field and what to do", () => {
    const error = new NormalizationError("A1", "item_list.0.item_id", "is missing", "Look at the order.")

    expect(classifyFailure(error)).toEqual({
      errorClass: ErrorClass.NORMALIZATION_FAILED,
      message: error.message,
      details: { field: "item_list.0.item_id", action: "Look at the order." },
      waitingSkus: null,
      waitingListings: null,
    })
  })

  it("a paid order without a usable total is held", () => {
    expect(classifyFailure(new UnpriceableOrderError("A1"))).toMatchObject({
      errorClass: ErrorClass.NORMALIZATION_FAILED,
      details: { field: "total_amount" },
    })
  })

  it("an order that Shopee does not know is asked for again", () => {
    expect(classifyFailure(new OrderNotAtShopeeError("A1"))).toMatchObject({ errorClass: ErrorClass.UNKNOWN })
  })

  it("a refused call says which and how Shopee finds it again", () => {
    const error = new ShopeeCallError({
      kind: "permanent",
      endpoint: "order/get_order_detail",
      code: "error_param",
      reason: "no",
      requestId: "req-1",
    })

    expect(classifyFailure(error)).toMatchObject({
      errorClass: ErrorClass.UNKNOWN,
      details: { endpoint: "order/get_order_detail", error_code: "error_param", request_id: "req-1" },
    })
  })

  it.each([
    ["an error", new Error("Item is out"), "Item is out"],
    ["what a workflow hands on as a plain object", { message: "Item is out", __isMedusaError: true }, "Item is out"],
    ["a text", "Item is out", "Item is out"],
    ["nothing", undefined, "undefined"],
  ])("anything else is a failure of Medusa's side: %s", (_, error, message) => {
    expect(classifyFailure(error)).toEqual({
      errorClass: ErrorClass.MEDUSA_WORKFLOW_FAILED,
      message,
      details: {},
      waitingSkus: null,
      waitingListings: null,
    })
  })
})
