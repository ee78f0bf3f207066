import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../modules/connectors/shared"
import type ConnectorExceptionService from "../modules/connectors/shared/service"

/** Posts the alerts that are owed. Whoever posts is asked again in a moment, so an alert is late at worst. */
export default async function postConnectorAlerts(container: MedusaContainer): Promise<void> {
  await container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE).postDueAlerts()
}

export const config = {
  name: "connector-alerts",
  schedule: { interval: 3_000 },
}
