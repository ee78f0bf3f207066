import type { JobDefinition } from "../shared/jobs/job-definition"
import { escrowBackstop } from "./escrow/escrow-backstop"
import { backfillOrders } from "./recovery/backfill"
import { reconcileDaily } from "./recovery/reconcile"
import { lostPushRecovery } from "./recovery/recover-lost-pushes"
import { settleFindings } from "./recovery/settle-findings"
import { purgeRawData } from "./watch/purge-raw-data"
import { watchAuthorizations } from "./watch/watch-authorizations"
import { watchPushes } from "./watch/watch-pushes"

/** Every job of the connector that keeps a row in `connector_job`. */
export const SHOPEE_JOBS: readonly JobDefinition[] = [
  lostPushRecovery,
  reconcileDaily,
  backfillOrders,
  settleFindings,
  escrowBackstop,
  watchAuthorizations,
  watchPushes,
  purgeRawData,
]
