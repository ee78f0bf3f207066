import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import ShopeePaymentProvider from "./service"

/** Medusa's id of the provider: `pp_<identifier>_<id in medusa-config>`. */
export const SHOPEE_PAYMENT_PROVIDER_ID = "pp_shopee_shopee"

export default ModuleProvider(Modules.PAYMENT, { services: [ShopeePaymentProvider] })
