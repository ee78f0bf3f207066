import { AbstractFulfillmentProviderService } from "@medusajs/framework/utils"
import type { CreateFulfillmentResult, FulfillmentOption } from "@medusajs/framework/types"

/** Id of the provider's option that parcels to buyers are sent with. */
export const SHOPEE_LOGISTICS_OPTION_ID = "shopee-logistics"

/**
 * Parcels that Shopee's logistics carry. The seller arranges them on Shopee, so nothing here calls anybody: the provider only keeps
 * the parcel's number with Medusa's fulfillment, and tracking numbers arrive from Shopee.
 */
class ShopeeFulfillmentProvider extends AbstractFulfillmentProviderService {
  static override identifier = "shopee"

  override async getFulfillmentOptions(): Promise<FulfillmentOption[]> {
    return [
      { id: SHOPEE_LOGISTICS_OPTION_ID, name: "Shopee logistics" },
      { id: "shopee-return", name: "Shopee return", is_return: true },
    ]
  }

  override async validateOption(): Promise<boolean> {
    return true
  }

  override async validateFulfillmentData(
    _optionData: Record<string, unknown>,
    data: Record<string, unknown>
  ): Promise<Record<string, unknown>> {
    return { ...data }
  }

  /** The shipping fee is what the buyer paid on Shopee; it is never computed here. */
  override async canCalculate(): Promise<boolean> {
    return false
  }

  override async createFulfillment(data: Record<string, unknown>): Promise<CreateFulfillmentResult> {
    return { data: { ...data }, labels: [] }
  }

  override async cancelFulfillment(): Promise<Record<string, unknown>> {
    return {}
  }

  override async createReturnFulfillment(fulfillment: Record<string, unknown>): Promise<CreateFulfillmentResult> {
    const { data } = fulfillment
    return { data: typeof data === "object" ? { ...data } : {}, labels: [] }
  }
}

export default ShopeeFulfillmentProvider
