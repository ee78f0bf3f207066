import type { MedusaContainer } from "@medusajs/framework/types"
import { MISSING_TABLES, tablesAreMissing } from "../modules/connectors/shared/database/missing-tables"
import { SHOPEE_CONNECTOR_MODULE } from "../modules/connectors/shopee"
import type ShopeeConnectorService from "../modules/connectors/shopee/service"
import { DeadlineError, withinDeadline } from "./within-deadline"

/** An orchestrator asks every few seconds and gives up after a few. */
const DATABASE_DEADLINE_MS = 2_000

/** Whether this process can do its work. `reason` says why not. */
export interface Readiness {
  status: "ready" | "not_ready"
  reason: string | null
  /** The Shopee connector: off as long as `missing` variables are not set. That is a state, and no reason to take the process out. */
  shopee: { configured: boolean; missing: string[] } | null
}

/**
 * Looks whether the modules are loaded and the database answers with our tables. Never throws, and answers within 2 s; the reason
 * holds no address and no secret.
 */
export async function readReadiness(container: MedusaContainer): Promise<Readiness> {
  const connector = container.resolve<ShopeeConnectorService | undefined>(SHOPEE_CONNECTOR_MODULE, {
    allowUnregistered: true,
  })
  if (!connector) {
    return notReady("The platform is still starting.")
  }
  try {
    const [shopee] = await withinDeadline(
      Promise.all([connector.config(), connector.measureAuthorizations()]),
      DATABASE_DEADLINE_MS
    )
    return {
      status: "ready",
      reason: null,
      shopee: { configured: shopee.configured, missing: shopee.configured ? [] : shopee.missing },
    }
  } catch (error) {
    return notReady(reasonOf(error))
  }
}

const notReady = (reason: string): Readiness => ({ status: "not_ready", reason, shopee: null })

function reasonOf(error: unknown): string {
  if (error instanceof DeadlineError) {
    return `The database gave ${error.message}.`
  }
  if (tablesAreMissing(error)) {
    return MISSING_TABLES
  }
  const code: unknown = typeof error === "object" && error !== null && "code" in error ? error.code : undefined
  return `The database can't be asked (${typeof code === "string" ? code : "no code"}).`
}
