import type { PlanStep } from "../../types/plan"
import { toMoveGroups } from "../move-together"

const PACK: PlanStep = { kind: "fulfil", packages: [] }
const SHIP: PlanStep = { kind: "ship", shipments: [] }
const DELIVER: PlanStep = { kind: "deliver", fulfillmentIds: [] }
const COMPLETE: PlanStep = { kind: "complete" }

const orders = (count: number, ...steps: PlanStep[]) => Array.from({ length: count }, () => ({ work: { steps } }))
const sizes = (movable: ReturnType<typeof orders>) => toMoveGroups(movable).map((group) => group.length)

describe("orders that move in one run", () => {
  it("are a batch where only a status is written, and half of one where parcels move", () => {
    expect(sizes(orders(50, COMPLETE))).toEqual([50])
    expect(sizes(orders(50, SHIP))).toEqual([25, 25])
    expect(sizes(orders(30, PACK))).toEqual([25, 5])
    expect(sizes(orders(30, DELIVER, COMPLETE))).toEqual([25, 5])
    expect(sizes([])).toEqual([])
  })

  it("hold every order once, those whose parcels move first", () => {
    const movable = [...orders(2, COMPLETE), ...orders(2, SHIP), ...orders(1, COMPLETE)]
    const groups = toMoveGroups(movable)
    expect(groups.map((group) => group.map((each) => movable.indexOf(each)))).toEqual([
      [2, 3],
      [0, 1, 4],
    ])
  })
})
