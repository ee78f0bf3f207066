export { default as SharedConnectorsModule, CONNECTOR_SHARED_MODULE } from "./shared"
export { default as ShopeeConnectorModule, SHOPEE_CONNECTOR_MODULE } from "./shopee"
