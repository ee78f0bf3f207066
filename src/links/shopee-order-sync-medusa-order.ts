import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"
import ShopeeConnectorModule from "../modules/connectors/shopee"

/**
 * One Shopee order ↔ one Medusa order. No cascade: deleting either side must leave the other as the record of what happened.
 */
export default defineLink(ShopeeConnectorModule.linkable.shopeeOrderSync, OrderModule.linkable.order)
