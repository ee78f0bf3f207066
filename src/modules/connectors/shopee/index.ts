import { Module } from "@medusajs/framework/utils"
import ShopeeConnectorService from "./service"
import { SHOPEE_CONNECTOR_MODULE } from "./types/module-key"

export { SHOPEE_CONNECTOR_MODULE }

export default Module(SHOPEE_CONNECTOR_MODULE, { service: ShopeeConnectorService })
