import { Module } from "@medusajs/framework/utils"
import watchConnections from "./loaders/watch-connections"
import ConnectorExceptionService from "./service"
import { CONNECTOR_SHARED_MODULE } from "./types/module-key"

export { CONNECTOR_SHARED_MODULE }

export default Module(CONNECTOR_SHARED_MODULE, {
  service: ConnectorExceptionService,
  loaders: [watchConnections],
})
