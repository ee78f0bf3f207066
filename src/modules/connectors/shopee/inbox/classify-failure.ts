import { ErrorClass } from "../../shared/types/enums"
import type { ExceptionDetails } from "../../shared/types/exception"
import { ShopeeCallError } from "../client/shopee-errors"
import { AmbiguousSkuError, SkuNotFoundError } from "../mappers/sku-errors"
import { NormalizationError } from "../normalizers/normalization-error"
import { UnpriceableOrderError } from "../planner/price-order"
import { OrderNotAtShopeeError } from "./read-orders"
import { ReturnsUnreadableError } from "./read-returns"

/** What is known of the failure of one order. */
export interface ClassifiedFailure {
  errorClass: ErrorClass
  message: string
  details: ExceptionDetails
  /** SKUs whose appearance in Medusa releases the order. */
  waitingSkus: string[] | null
  /** Shopee listings whose mapping releases the order. */
  waitingListings: string[] | null
}

/** An error, whatever was thrown: workflows hand errors on as plain objects at times. */
function messageOf(error: unknown): string {
  if (error instanceof Error) {
    return error.message
  }
  if (typeof error === "object" && error !== null && "message" in error && typeof error.message === "string") {
    return error.message
  }
  return String(error)
}

/** Gives the failure of one order its class (product paper §2). The message may still hold secrets: it is redacted when stored. */
export function classifyFailure(error: unknown): ClassifiedFailure {
  const message = messageOf(error)
  if (error instanceof SkuNotFoundError) {
    const skus = error.skus.filter((sku) => sku !== "")
    return {
      errorClass: ErrorClass.SKU_NOT_FOUND,
      message,
      details: { skus, listings: error.listings },
      waitingSkus: skus.length > 0 ? skus : null,
      waitingListings: error.listings.length > 0 ? error.listings : null,
    }
  }
  if (error instanceof AmbiguousSkuError) {
    const details = { sku: error.sku, variant_ids: error.variantIds, listings: error.listings }
    return {
      errorClass: ErrorClass.AMBIGUOUS_SKU,
      message,
      details,
      waitingSkus: [error.sku],
      waitingListings: error.listings.length > 0 ? error.listings : null,
    }
  }
  if (error instanceof NormalizationError) {
    const details = { field: error.field, action: error.action }
    return { errorClass: ErrorClass.NORMALIZATION_FAILED, message, details, waitingSkus: null, waitingListings: null }
  }
  if (error instanceof UnpriceableOrderError) {
    return {
      errorClass: ErrorClass.NORMALIZATION_FAILED,
      message,
      details: { field: "total_amount" },
      waitingSkus: null,
      waitingListings: null,
    }
  }
  if (error instanceof ReturnsUnreadableError) {
    const { failure } = error
    const details = { endpoint: failure?.endpoint, error_code: failure?.code, request_id: failure?.requestId }
    return { errorClass: ErrorClass.RETURN_FETCH_FAILED, message, details, waitingSkus: null, waitingListings: null }
  }
  if (error instanceof OrderNotAtShopeeError) {
    return { errorClass: ErrorClass.UNKNOWN, message, details: {}, waitingSkus: null, waitingListings: null }
  }
  if (error instanceof ShopeeCallError) {
    const details = { endpoint: error.endpoint, error_code: error.code, request_id: error.requestId }
    return { errorClass: ErrorClass.UNKNOWN, message, details, waitingSkus: null, waitingListings: null }
  }
  return {
    errorClass: ErrorClass.MEDUSA_WORKFLOW_FAILED,
    message,
    details: {},
    waitingSkus: null,
    waitingListings: null,
  }
}
