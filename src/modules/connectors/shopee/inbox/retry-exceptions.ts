import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../shared"
import { jobOfSubject } from "../../shared/exception-subject"
import { FAILURE_POLICY } from "../../shared/retry-policy"
import { retryTargetOf } from "../../shared/retry-target"
import type ConnectorExceptionService from "../../shared/service"
import { ConnectorName, type ErrorClass, ExceptionStatus } from "../../shared/types/enums"
import type ShopeeConnectorService from "../service"
import { resumeShops } from "../sql/resume-shops"
import { SHOPEE_CONNECTOR_MODULE } from "../types/module-key"
import { wakeInbox } from "./drain"
import { newRetryRun, type OrderKey, retryOrders } from "./retry-orders"
import { reverifyRejectedPushes } from "./reverify-rejected"

const EXCEPTIONS_A_PAGE = 500

/** What a retry set in motion. */
export interface RetryReceipt {
  runId: string
  orders: number
  escrows: number
  shops: number
  /** Jobs that run again. */
  jobs: number
  acceptedPushes: number
  /** Exceptions that no retry can change. */
  leftAlone: number
}

interface RetriedException {
  id: string
  subject: string | null
  error_class: ErrorClass
  ordersn: string | null
  shop_id: string | null
}

/** What some exceptions ask for, each thing once. */
interface Wanted {
  orders: Map<string, OrderKey>
  escrows: Map<string, OrderKey>
  shopIds: Set<string>
  jobSubjects: Set<string>
  rejectedPushes: boolean
  leftAlone: number
}

function sortOut(exceptions: RetriedException[]): Wanted {
  const wanted: Wanted = {
    orders: new Map(),
    escrows: new Map(),
    shopIds: new Set(),
    jobSubjects: new Set(),
    rejectedPushes: false,
    leftAlone: 0,
  }
  for (const exception of exceptions) {
    const target = retryTargetOf(exception)
    const { ordersn, shop_id: shopId, subject } = exception
    if (target === "rejected_pushes") {
      wanted.rejectedPushes = true
    } else if (target === "job" && subject !== null) {
      wanted.jobSubjects.add(subject)
    } else if (target === "shop" && shopId !== null) {
      wanted.shopIds.add(shopId)
    } else if ((target === "order" || target === "escrow") && shopId !== null && ordersn !== null) {
      const chosen = target === "order" ? wanted.orders : wanted.escrows
      chosen.set(`${shopId}:${ordersn}`, { shopId, ordersn })
    } else {
      wanted.leftAlone += 1
    }
  }
  return wanted
}

async function fetchEscrowsAgain(service: ShopeeConnectorService, escrows: OrderKey[]): Promise<number> {
  let due = 0
  for (const shopId of new Set(escrows.map((escrow) => escrow.shopId))) {
    const ordersns = escrows.filter((escrow) => escrow.shopId === shopId).map(({ ordersn }) => ordersn)
    due += await service.makeEscrowsDue(shopId, ordersns)
  }
  return due
}

async function requestJobs(container: MedusaContainer, subjects: Iterable<string>): Promise<number> {
  const jobs = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  let requested = 0
  for (const subject of subjects) {
    const job = jobOfSubject(subject)
    if (job && (await jobs.requestJob({ connector: ConnectorName.SHOPEE, ...job }))) {
      requested += 1
    }
  }
  return requested
}

async function retry(container: MedusaContainer, exceptions: RetriedException[], runId: string): Promise<RetryReceipt> {
  const service = container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)
  const wanted = sortOut(exceptions)
  const shops = wanted.shopIds.size === 0 ? 0 : await service.run((sql) => resumeShops(sql, [...wanted.shopIds]))
  const stored = await retryOrders(container, [...wanted.orders.values()], runId)
  const escrows = await fetchEscrowsAgain(service, [...wanted.escrows.values()])
  const jobs = await requestJobs(container, wanted.jobSubjects)
  const acceptedPushes = wanted.rejectedPushes ? await reverifyRejectedPushes(container) : 0
  if (shops > 0) {
    wakeInbox(container)
  }
  return { runId, orders: stored.length, escrows, shops, jobs, acceptedPushes, leftAlone: wanted.leftAlone }
}

/**
 * Retries one open exception: its order is looked at again, its escrow fetched again, its shop called again, its job run again, or
 * rejected pushes verified again. The exception stays open until that succeeds.
 *
 * @throws MedusaError: not_found for an unknown id, conflict for one that is settled, not_allowed for one that no retry can change
 */
export async function retryException(container: MedusaContainer, id: string): Promise<RetryReceipt> {
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const exception = await exceptions.retrieveConnectorException(id)
  if (exception.status !== ExceptionStatus.OPEN) {
    throw new MedusaError(MedusaError.Types.CONFLICT, `Exception ${id} is settled already: there is nothing to retry.`)
  }
  if (exception.connector !== ConnectorName.SHOPEE || retryTargetOf(exception) === "nothing") {
    throw new MedusaError(
      MedusaError.Types.NOT_ALLOWED,
      `No retry can change exception ${id}: a person has to act, and then resolve it. ${FAILURE_POLICY[exception.error_class].action}`
    )
  }
  return await retry(container, [exception], newRetryRun())
}

/**
 * Retries every open exception, or those of one class. Page by page, so that an outage of a whole day can be retried too.
 *
 * @returns what was set in motion, in all
 */
export async function retryExceptions(container: MedusaContainer, errorClass?: ErrorClass): Promise<RetryReceipt> {
  const exceptions = container.resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
  const sum: RetryReceipt = {
    runId: newRetryRun(),
    orders: 0,
    escrows: 0,
    shops: 0,
    jobs: 0,
    acceptedPushes: 0,
    leftAlone: 0,
  }
  let after = ""
  for (;;) {
    const page = await exceptions.listConnectorExceptions(
      {
        connector: ConnectorName.SHOPEE,
        status: ExceptionStatus.OPEN,
        id: { $gt: after },
        ...(errorClass && { error_class: errorClass }),
      },
      { take: EXCEPTIONS_A_PAGE, order: { id: "ASC" }, select: ["id", "subject", "error_class", "ordersn", "shop_id"] }
    )
    const last = page.at(-1)
    if (!last) {
      return sum
    }
    const receipt = await retry(container, page, sum.runId)
    sum.orders += receipt.orders
    sum.escrows += receipt.escrows
    sum.shops += receipt.shops
    sum.jobs += receipt.jobs
    sum.acceptedPushes += receipt.acceptedPushes
    sum.leftAlone += receipt.leftAlone
    after = last.id
  }
}
