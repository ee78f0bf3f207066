import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import type { JobDefinition, JobReport } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { BackfillReason } from "../types/enums"
import { gapLine, repairedLine } from "./proof-line"

const MINUTE_MS = 60_000

/** Follows what reconciliations and backfills found until it is repaired, and says so where nobody else does. */
export const settleFindings: JobDefinition = {
  connector: ConnectorName.SHOPEE,
  name: "shopee-settle-findings",
  title: "Following what reconciliations and backfills found",
  schedule: { everyMs: MINUTE_MS },
  deadlineMs: 10 * MINUTE_MS,
  run: async (container) => await settle(container),
}

async function settle(container: MedusaContainer): Promise<JobReport> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const shared = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const reconciled = await service.settleReconcileRuns()
  await shared.announce(
    reconciled.map((run) => ({
      connector: ConnectorName.SHOPEE,
      shop_id: run.shopId,
      message: repairedLine(run),
      details: { repaired: run.findings, found: run.shopeeCount, expected: run.shopeeCount, missing: 0 },
    }))
  )
  const backfilled = await service.settleBackfills()
  await shared.announce(
    backfilled
      .filter(({ reason }) => reason === BackfillReason.REAUTHORIZATION)
      .map((gap) => ({
        connector: ConnectorName.SHOPEE,
        shop_id: gap.shopId,
        message: gapLine(gap),
        details: { window_from: gap.from.toISOString(), window_to: gap.to.toISOString(), repaired: gap.injected },
      }))
  )
  return { statistics: { reconciliations: reconciled.length, backfills: backfilled.length } }
}
