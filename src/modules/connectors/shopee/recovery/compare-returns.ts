import type { MedusaContainer } from "@medusajs/framework/types"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { returnsOutageSubject } from "../../shared/exception-subject"
import type { JobRun } from "../../shared/jobs/job-definition"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, ErrorClass } from "../../shared/types/enums"
import type { JobFacts } from "../../shared/types/job"
import { isPermissionDenied } from "../client/error-kinds"
import { ShopeeCallError } from "../client/shopee-errors"
import type { Window } from "../client/windows"
import { whileReadingShop } from "../inbox/shop-trouble"
import type ShopeeConnectorService from "../service"
import type { ReturnDifferences } from "../types/recovery"
import { findReturns } from "./find-returns"

/** Returns are raised and settled within weeks; nobody reads further back for them. */
const FURTHEST_BACK_MS = 90 * 24 * 60 * 60_000

/** How a comparison of returns came out, and what the next one has to know. */
export interface ComparedReturns {
  returns: ReturnDifferences
  state: JobFacts
}

/**
 * Compares a shop's returns with Shopee's list. Where Shopee doesn't let the app read them that is no trouble of the shop, whose orders were
 * just read: the comparison says so, people are told once, and the first one that may read them begins where the last that could ended.
 *
 * @throws ReportedJobError for the shop's trouble, IncompleteListError, and the signal's reason
 */
export async function compareReturns(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  { scope: shopId, state, signal }: Pick<JobRun, "scope" | "state" | "signal">,
  window: Window
): Promise<ComparedReturns> {
  const from = beginOf(window, state)
  const returns = await whileReadingShop(container, service, shopId, async () => {
    try {
      return await findReturns(await service.clientFor(shopId), service, shopId, { ...window, from }, signal)
    } catch (error) {
      if (error instanceof ShopeeCallError && isRefusal(error)) {
        return { count: 0, behind: [], unreadable: error.message }
      }
      throw error
    }
  })
  await tell(container, shopId, returns.unreadable)
  return { returns, state: { returns_since: returns.unreadable === null ? null : from.toISOString() } }
}

/** Shopee answered, and would answer the same again: a person has to change something. */
const isRefusal = ({ kind, code, reason }: ShopeeCallError): boolean =>
  kind === "permanent" || kind === "not_found" || (kind === "auth" && isPermissionDenied({ code, message: reason }))

function beginOf({ from, to }: Window, state: JobFacts | null): Date {
  const since = Date.parse(String(state?.returns_since ?? ""))
  const begin = Number.isNaN(since) ? from.getTime() : Math.min(since, from.getTime())
  return new Date(Math.max(begin, Math.min(from.getTime(), to.getTime() - FURTHEST_BACK_MS)))
}

async function tell(container: MedusaContainer, shopId: string, unreadable: string | null): Promise<void> {
  const shared = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const subject = returnsOutageSubject(shopId)
  if (unreadable === null) {
    await shared.resolveSubjects(ConnectorName.SHOPEE, [subject], "system", null, [ErrorClass.RETURN_FETCH_FAILED])
    return
  }
  await shared.raiseExceptions([
    {
      connector: ConnectorName.SHOPEE,
      subject,
      error_class: ErrorClass.RETURN_FETCH_FAILED,
      error_message: `The returns of shop ${shopId} can't be compared with Shopee's. ${unreadable}`,
      shop_id: shopId,
      details: {
        action:
          "Have the app's permission for returns granted in Shopee's console. Orders are compared all the same; returns are once it is.",
      },
    },
  ])
}
