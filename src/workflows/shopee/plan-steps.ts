import type { ConvergeOrderInput } from "../../modules/connectors/shopee/types/converge-order"
import type { PlanStep } from "../../modules/connectors/shopee/types/plan"

/** The step of a kind in the plan, if it is there. */
export function stepOf<Kind extends PlanStep["kind"]>(steps: PlanStep[], kind: Kind) {
  return steps.find((step): step is Extract<PlanStep, { kind: Kind }> => step.kind === kind)
}

/** Whether the plan has a step of a kind. */
export const has = (kind: PlanStep["kind"]) => (input: ConvergeOrderInput) => stepOf(input.steps, kind) !== undefined
