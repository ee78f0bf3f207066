import { planOrder } from "../../inbox/plan-order"
import type { OrderWork } from "../../inbox/order-work"
import type { OrderClaim } from "../../types/inbox"
import type { NormalizedOrder } from "../../types/normalized-order"
import type { KnownReturn } from "../../types/normalized-return"
import type { OrderReport, PlanStep } from "../../types/plan"
import { isStale, needsSecondLook } from "../plan"
import { Crash, MedusaModel } from "./medusa-model"

/** Plans that one look at an order may take: see `MOST_ROUNDS` of the inbox. */
const MOST_ROUNDS = 12

const claim: OrderClaim = {
  id: "sosync_1",
  claimId: "c1",
  shopId: "7001",
  ordersn: "260301ABCDEF08",
  dueVersion: 1,
  attempts: 0,
  firstFailedAt: null,
  medusaOrderId: null,
  shopeeUpdateTime: null,
  heardUpdateTime: null,
  rereads: 0,
  lastRawEventId: null,
}

/** False for what a person is told. */
export const changesSomething = ({ kind }: PlanStep): boolean => kind !== "report" && kind !== "short_of_copies"

/** The inbox's way with one order, over the model: plans and applies until nothing is left, and notes a reading's time only then. */
export class ModelWorker {
  readonly medusa = new MedusaModel()
  /** By package number. */
  trackingNumbers: ReadonlyMap<string, string> = new Map()
  /** What is known of the order's returns, by number. */
  private readonly returns = new Map<string, KnownReturn>()
  /** What a person was told at the last look. */
  problems: OrderReport["problem"][] = []
  /** Most plans that a look took. */
  rounds = 0
  private applied: Date | null = null

  /**
   * @param returns what Shopee says of the order's returns at this look
   * @returns whether it got to the end: false when the process died
   */
  work(
    order: NormalizedOrder,
    partsUntilCrash = Number.POSITIVE_INFINITY,
    returns: readonly KnownReturn[] = []
  ): boolean {
    this.keep(returns)
    this.medusa.partsUntilCrash = partsUntilCrash
    try {
      if (this.medusa.order === null || !isStale(order.updated_at, this.applied)) {
        this.converge(order)
      }
      this.applied = new Date(Math.max(order.updated_at.getTime(), this.applied?.getTime() ?? 0))
      return true
    } catch (error) {
      if (!(error instanceof Crash)) {
        throw error
      }
      return false
    } finally {
      this.medusa.partsUntilCrash = Number.POSITIVE_INFINITY
    }
  }

  /** What is left to do, as the model is now. */
  plan(order: NormalizedOrder): OrderWork {
    const view = this.medusa.order === null ? null : this.medusa.view()
    const returns = [...this.returns.values()]
    return planOrder({ claim, order, trackingNumbers: this.trackingNumbers, returns }, view)
  }

  /** As `sql/store-returns.ts` does: an older answer changes nothing, and that the buyer was paid stays. */
  private keep(returns: readonly KnownReturn[]): void {
    for (const found of returns) {
      const known = this.returns.get(found.return_sn)
      const newer = known && known.updated_at > found.updated_at ? known : found
      this.returns.set(found.return_sn, { ...newer, refund_paid_at: known?.refund_paid_at ?? found.refund_paid_at })
    }
  }

  private converge(order: NormalizedOrder): void {
    for (let round = 1; ; round += 1) {
      const { steps, target, price, current } = this.plan(order)
      this.problems = steps.flatMap((step) => (step.kind === "report" ? [step.problem] : []))
      const isLast = !needsSecondLook(steps, target)
      if (isLast && current !== null) {
        return
      }
      this.rounds = Math.max(this.rounds, round)
      if (round > MOST_ROUNDS) {
        throw new Error(`Not there after ${MOST_ROUNDS} plans; left: ${steps.map(({ kind }) => kind).join(", ")}`)
      }
      steps.filter(changesSomething).forEach((step) => this.medusa.apply(step, price, target.contact))
      if (isLast) {
        return
      }
    }
  }
}
