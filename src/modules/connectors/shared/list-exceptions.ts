import type { MedusaContainer } from "@medusajs/framework/types"
import { toExceptionView } from "./exception-view"
import type ConnectorExceptionService from "./service"
import type { ConnectorName, ErrorClass, ExceptionStatus } from "./types/enums"
import type { ExceptionView } from "./types/exception-view"
import { CONNECTOR_SHARED_MODULE } from "./types/module-key"

/** Which exceptions a list shows. Absent filters let every exception through. */
export interface ExceptionFilter {
  id?: string[]
  status?: ExceptionStatus[]
  error_class?: ErrorClass[]
  connector?: ConnectorName[]
  ordersn?: string
  shop_id?: string
}

/** One page of exceptions. */
export async function listExceptions(
  container: MedusaContainer,
  filter: ExceptionFilter,
  page: { sort: "created_at" | "last_seen_at" | "error_class"; descending: boolean; limit: number; offset: number }
): Promise<{ exceptions: ExceptionView[]; count: number; limit: number; offset: number }> {
  const direction = page.descending ? "DESC" : "ASC"
  const [rows, count] = await container
    .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
    .listAndCountConnectorExceptions(
      { ...filter },
      { skip: page.offset, take: page.limit, order: { [page.sort]: direction, id: direction } }
    )
  return { exceptions: rows.map(toExceptionView), count, limit: page.limit, offset: page.offset }
}
