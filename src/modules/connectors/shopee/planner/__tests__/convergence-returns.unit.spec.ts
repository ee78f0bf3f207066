import { MathBN } from "@medusajs/framework/utils"
import fc from "fast-check"
import { changesSomething, ModelWorker } from "./model-worker"
import { keptPieces } from "./order-histories"
import { orderAt, type ReturnedHearing, returnedHearing, returnsAt } from "./return-histories"

/** Hears what was heard, and what Shopee says last once more if its worker died. What must never happen is asked after every look. */
function settle(each: ReturnedHearing) {
  const worker = new ModelWorker()
  const lastIndex = Math.max(...each.heard.map(({ index }) => index))
  let isDue = true
  const look = (index: number, partsUntilCrash?: number): boolean => {
    const wasCompleted = worker.work(orderAt(each.life, index), partsUntilCrash, returnsAt(each, index))
    neverTooMuch(worker, each)
    return wasCompleted
  }
  for (const { index, partsUntilCrash } of each.heard) {
    const wasCompleted = look(index, partsUntilCrash)
    isDue = index === lastIndex ? !wasCompleted : isDue || !wasCompleted
  }
  if (isDue) {
    look(lastIndex)
  }
  return { worker, last: orderAt(each.life, lastIndex), lastIndex }
}

function hearAll(each: ReturnedHearing, lastIndex: number): ModelWorker {
  const worker = new ModelWorker()
  for (let index = 0; index <= lastIndex; index += 1) {
    worker.work(orderAt(each.life, index), undefined, returnsAt(each, index))
  }
  return worker
}

/** The model refuses a second return, receipt or restocking by itself; what is left is the money. */
function neverTooMuch({ medusa }: ModelWorker, { returns }: ReturnedHearing): void {
  const view = medusa.view()
  const { capturedAmount = "0", refundedAmount = "0" } = view?.payment ?? {}
  expect(MathBN.lte(refundedAmount, capturedAmount)).toBe(true)
  for (const [returnSn, amount] of view?.returns?.refunds ?? []) {
    expect(MathBN.lte(amount, returns[Number(returnSn.slice(1))]?.refund ?? "0")).toBe(true)
  }
}

const itemOf = (lineId: string): string => lineId.split(":")[1] ?? ""

/** Two lines of one item are told apart by nobody: which of them came back depends on what was heard first. */
const byItem = (pieces: Iterable<readonly [lineId: string, pieces: number]>): Record<string, number> => {
  const all: Record<string, number> = {}
  for (const [lineId, count] of pieces) {
    all[itemOf(lineId)] = (all[itemOf(lineId)] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== 0))
}

/** Where an order with returns is, without the ids and detours that depend on how it came about. */
function endOf({ medusa, problems }: ModelWorker) {
  const { order } = medusa
  const view = medusa.view()
  if (order === null || view === null) {
    throw new Error("Medusa has no order.")
  }
  return {
    status: order.status,
    kept: Math.round((Number(view.payment.capturedAmount) - Number(view.payment.refundedAmount)) * 100),
    stock: byItem(Object.entries(order.warehouse.stock)),
    reservations: byItem(Object.entries(order.warehouse.reservations)),
    // The one copy of item 72 may be that of either line.
    copies: order.copies.all.flatMap(({ item, status }) => (item === "71" ? status : [])).sort(),
    returns: order.returns.all
      .filter(({ canceled }) => !canceled)
      .map(({ returnSn, restocked, items }) => ({
        ...{ returnSn, restocked },
        asked: byItem(items.map(({ lineId, quantity }) => [lineId, quantity])),
        received: byItem(items.map(({ lineId, received }) => [lineId, received])),
      }))
      .sort((a, b) => a.returnSn.localeCompare(b.returnSn)),
    problems: [...new Set(problems)].sort(),
  }
}

/** They leave an order as it is, so that the end depends on what was heard before (product paper §6.1). */
const SAY_NOTHING_OF_PARCELS = ["IN_CANCEL", "NEXT_YEARS_STATUS"]

describe("an order with returns", () => {
  it("ends where hearing everything in sequence ends, whatever was lost, repeated, reordered or cut short", () => {
    fc.assert(
      fc.property(returnedHearing, (each) => {
        const { worker, last, lastIndex } = settle(each)
        fc.pre(last.shopee_status !== "CANCELLED" && !SAY_NOTHING_OF_PARCELS.includes(last.shopee_status))

        expect(endOf(worker)).toEqual(endOf(hearAll(each, lastIndex)))
      }),
      { numRuns: 300 }
    )
  })

  it("has each of Shopee's returns once, its goods in stock once, and its money to the cent", () => {
    fc.assert(
      fc.property(returnedHearing, (each) => {
        const { worker, last, lastIndex } = settle(each)
        fc.pre(last.shopee_status === "COMPLETED")
        const { returns, kept, stock, status } = endOf(worker)
        const told = returnsAt(each, lastIndex)
        expect(status).toBe("completed")

        const total = Number(last.total_amount)
        const owed = told.reduce(
          (sum, { status: state, refund_amount }) => sum + (state === "REFUND_PAID" ? Number(refund_amount) : 0),
          0
        )
        expect(kept).toBe(Math.round(Math.max(total - owed, 0) * 100))
        const pieces = byItem(Object.entries(keptPieces(each.life, lastIndex)))
        for (const { returnSn, asked, received, restocked } of returns) {
          const known = told.find(({ return_sn }) => return_sn === returnSn)
          expect(asked).toEqual({ [known?.items[0]?.item_id ?? ""]: known?.items[0]?.quantity })
          expect(known?.goods === "returned").toBe(restocked)
          expect(received).toEqual(restocked ? asked : {})
        }
        const back = byItem(
          returns.flatMap(({ received }) => Object.entries(received).map(([id, n]) => [`:${id}`, n] as const))
        )
        expect(stock).toEqual(
          byItem(Object.entries(pieces).map(([id, count]) => [`:${id}`, (back[id] ?? 0) - count] as const))
        )
      }),
      { numRuns: 300 }
    )
  })

  it("asks nobody for money once its returns are settled", () => {
    fc.assert(
      fc.property(returnedHearing, (each) => {
        const { worker, last, lastIndex } = settle(each)
        const view = worker.medusa.view()
        fc.pre(last.shopee_status === "COMPLETED" && (view?.returns?.refunds.size ?? 0) > 0)
        fc.pre(
          returnsAt(each, lastIndex).every(({ status }) => ["REFUND_PAID", "CANCELLED", "CLOSED"].includes(status))
        )

        expect(Number(view?.returns?.openAmount)).toBe(0)
      }),
      { numRuns: 100 }
    )
  })

  it("that was cancelled on its way is refunded whole, and its stock back for what came back alone", () => {
    fc.assert(
      fc.property(returnedHearing, (each) => {
        const { worker, last } = settle(each)
        fc.pre(last.shopee_status === "CANCELLED")
        const { payment } = worker.medusa.view() ?? {}
        expect(payment?.refundedAmount).toBe(payment?.capturedAmount)
        const { stock, returns, status } = endOf(worker)
        if (status === "canceled") {
          expect({ stock, returns }).toEqual({ stock: {}, returns: [] })
        }
      }),
      { numRuns: 100 }
    )
  })

  it("leaves nothing to plan but what a person is told, after twelve plans at most", () => {
    fc.assert(
      fc.property(returnedHearing, (each) => {
        const { worker, last } = settle(each)
        expect(worker.plan(last).steps.filter(changesSomething)).toEqual([])
        expect(worker.rounds).toBeLessThanOrEqual(12)
      }),
      { numRuns: 300 }
    )
  })
})
