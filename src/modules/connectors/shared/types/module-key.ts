/** The module's name in the container. Here and not in `index.ts`, so that what the module is made of may use it. */
export const CONNECTOR_SHARED_MODULE = "connectorSharedService"
