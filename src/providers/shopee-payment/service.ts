import { AbstractPaymentProvider, MedusaError, PaymentActions } from "@medusajs/framework/utils"
import type {
  AuthorizePaymentOutput,
  CancelPaymentOutput,
  CapturePaymentOutput,
  DeletePaymentOutput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from "@medusajs/framework/types"
import { SHOPEE_REFUND_NOTE } from "./refund-note"

/**
 * The money of an order that was paid on Shopee. Shopee holds it until it settles, so nothing here moves money: the provider only
 * makes Medusa's records tell the truth.
 *
 * - Authorising answers `captured` at once: an order is only authorised after Shopee said it is paid.
 * - A refund is refused unless it follows one that Shopee made (the connector says so in the payment's data): a button in Admin can't give
 *   a Shopee buyer money back.
 */
class ShopeePaymentProvider extends AbstractPaymentProvider {
  static override identifier = "shopee"

  // Medusa declares its constructor protected, which keeps a provider from being registered with its type.
  constructor(container: Record<string, unknown>, options: Record<string, unknown> = {}) {
    super(container, options)
  }

  override async initiatePayment({ data }: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    return { id: typeof data?.shopee_ordersn === "string" ? data.shopee_ordersn : "shopee", data: { ...data } }
  }

  override async authorizePayment({ data }: { data?: Record<string, unknown> }): Promise<AuthorizePaymentOutput> {
    return { status: "captured", data: { ...data } }
  }

  override async capturePayment({ data }: { data?: Record<string, unknown> }): Promise<CapturePaymentOutput> {
    return { data: { ...data } }
  }

  /** @throws MedusaError (not_allowed) for a refund that Shopee did not make. */
  override async refundPayment({ data }: RefundPaymentInput): Promise<RefundPaymentOutput> {
    if (data?.[SHOPEE_REFUND_NOTE] !== true) {
      throw new MedusaError(
        MedusaError.Types.NOT_ALLOWED,
        "This order was paid on Shopee, so only Shopee can refund it. Refund it in Shopee's Seller Centre; Medusa follows by itself."
      )
    }
    return { data: { ...data } }
  }

  override async cancelPayment({ data }: { data?: Record<string, unknown> }): Promise<CancelPaymentOutput> {
    return { data: { ...data } }
  }

  override async deletePayment({ data }: { data?: Record<string, unknown> }): Promise<DeletePaymentOutput> {
    return { data: { ...data } }
  }

  override async retrievePayment({ data }: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    return { data: { ...data } }
  }

  override async updatePayment({ data }: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    return { data: { ...data } }
  }

  override async getPaymentStatus({ data }: { data?: Record<string, unknown> }): Promise<GetPaymentStatusOutput> {
    return { status: "captured", data: { ...data } }
  }

  override async getWebhookActionAndData(): Promise<WebhookActionResult> {
    return { action: PaymentActions.NOT_SUPPORTED }
  }
}

export default ShopeePaymentProvider
