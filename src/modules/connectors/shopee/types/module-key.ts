/** Key under which the connector's module is registered in Medusa's container. */
export const SHOPEE_CONNECTOR_MODULE = "shopeeConnectorService"
