import type { MedusaContainer } from "@medusajs/framework/types"
import { toExceptionView } from "./exception-view"
import { namePeople } from "./name-people"
import type ConnectorExceptionService from "./service"
import type { ExceptionView } from "./types/exception-view"
import { CONNECTOR_SHARED_MODULE } from "./types/module-key"

/**
 * Settles an open exception for a person.
 *
 * @throws MedusaError: not_found for an unknown id, conflict for one that is settled already
 */
export async function settleException(
  container: MedusaContainer,
  { id, status, note, actorId }: { id: string; status: "resolved" | "wont_fix"; note: string | null; actorId: string }
): Promise<ExceptionView> {
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const by = (await namePeople(container, [actorId])).get(actorId) ?? actorId
  await exceptions.settleException({ id, status, note, by })
  return toExceptionView(await exceptions.retrieveConnectorException(id))
}
