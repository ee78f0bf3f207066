import type { EscrowFilter } from "../../../modules/connectors/shopee/sql/escrow-filter"
import type { EscrowCsvQuery } from "./validators"

/** The filter that a query asks for. */
export const toEscrowFilter = (query: EscrowCsvQuery): EscrowFilter => ({
  ordersnStart: query.q,
  state: query.state,
  differs: query.differs === "true",
  shopId: query.shop_id,
  releasedFrom: query.released_from,
  releasedTo: query.released_to,
})
