import type { FulfillmentView, MedusaOrderView, PlanStep, ShipmentToMark } from "../types/plan"

/** What a plan does to parcels, and to the order when all are there: it can be done to many orders in one run. */
const MOVES: readonly PlanStep["kind"][] = ["fulfil", "ship", "deliver", "complete"]

/** What a plan may hold besides: it changes nothing. */
const REPORTS: readonly PlanStep["kind"][] = ["report", "short_of_copies"]

/** Whether a plan holds nothing but moves of parcels. */
export function isMove(steps: readonly PlanStep[]): boolean {
  return (
    steps.some(({ kind }) => MOVES.includes(kind)) &&
    steps.every(({ kind }) => MOVES.includes(kind) || REPORTS.includes(kind))
  )
}

/** Whether what Medusa has after a plan of moves is known without looking: a parcel that is packed gets an id. */
export const isForeseen = (steps: readonly PlanStep[]): boolean => steps.every(({ kind }) => kind !== "fulfil")

/** The moves of a plan. */
export const movesOf = (steps: readonly PlanStep[]): PlanStep[] => steps.filter(({ kind }) => MOVES.includes(kind))

const shipped = (view: FulfillmentView, { trackingNumber }: ShipmentToMark): FulfillmentView => ({
  ...view,
  shipped: true,
  trackingNumber: trackingNumber ?? view.trackingNumber,
})

/** Pieces of a line in these parcels. */
const piecesIn = (parcels: readonly FulfillmentView[], lineId: string): number =>
  parcels.reduce(
    (sum, { items }) => sum + items.reduce((all, item) => all + (item.lineId === lineId ? item.quantity : 0), 0),
    0
  )

function move(view: MedusaOrderView, step: PlanStep): MedusaOrderView {
  switch (step.kind) {
    case "ship": {
      const shipments = new Map(step.shipments.map((shipment) => [shipment.fulfillmentId, shipment]))
      const leaving = view.fulfillments.filter((parcel) => !parcel.shipped && shipments.has(parcel.id))
      return {
        ...view,
        lines: view.lines.map((line) => ({ ...line, shipped: line.shipped + piecesIn(leaving, line.lineId) })),
        // The copies of pieces that left are sold next.
        copies: {
          ...view.copies,
          lines: view.copies.lines.map((line) => ({ ...line, shipped: line.shipped + piecesIn(leaving, line.lineId) })),
        },
        fulfillments: view.fulfillments.map((parcel) => {
          const shipment = shipments.get(parcel.id)
          return shipment ? shipped(parcel, shipment) : parcel
        }),
      }
    }
    case "deliver":
      return {
        ...view,
        fulfillments: view.fulfillments.map((parcel) =>
          step.fulfillmentIds.includes(parcel.id) ? { ...parcel, delivered: true } : parcel
        ),
      }
    case "complete":
      return { ...view, status: "completed" }
    default:
      return view
  }
}

/** What Medusa has of an order once a plan of moves that is foreseen was applied. Pure. */
export function afterMoves(view: MedusaOrderView, steps: readonly PlanStep[]): MedusaOrderView {
  return movesOf(steps).reduce(move, view)
}
