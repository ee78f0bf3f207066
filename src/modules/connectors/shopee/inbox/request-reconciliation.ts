import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { RECONCILE_JOB } from "../types/job-names"

/**
 * Has shops compared with Shopee's list of orders soon, by whichever worker comes to it first.
 *
 * @param shopIds default: every shop that we hold an authorisation for
 * @param notWithinMs a shop whose last comparison began this recently is left alone
 * @returns the shops that will be compared
 */
export async function requestReconciliation(
  container: MedusaContainer,
  service: Pick<ShopeeConnectorService, "listAuthorizedShops">,
  { shopIds, notWithinMs = 0 }: { shopIds?: string[]; notWithinMs?: number } = {}
): Promise<string[]> {
  const shared = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const requested: string[] = []
  for (const scope of shopIds ?? (await service.listAuthorizedShops())) {
    if (await shared.requestJob({ connector: ConnectorName.SHOPEE, name: RECONCILE_JOB, scope }, notWithinMs)) {
      requested.push(scope)
    }
  }
  return requested
}
