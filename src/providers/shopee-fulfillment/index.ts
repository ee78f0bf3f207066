import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import ShopeeFulfillmentProvider from "./service"

/** Medusa's id of the provider: `<identifier>_<id in medusa-config>`. */
export const SHOPEE_FULFILLMENT_PROVIDER_ID = "shopee_shopee"

export default ModuleProvider(Modules.FULFILLMENT, { services: [ShopeeFulfillmentProvider] })
