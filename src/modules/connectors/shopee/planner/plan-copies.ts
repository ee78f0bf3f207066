import type { CopyToReserve, HeldCopyView, SerializedLineView } from "../types/copies"
import type { MedusaOrderView, OrderTarget, PlanStep } from "../types/plan"
import { lineKeyOfPiece, pieceName } from "./piece-names"

/** What happens to the copies of one line, and how many pieces get none. */
interface LineChanges {
  reserve: CopyToReserve[]
  sell: string[]
  release: string[]
  takeBack: string[]
  short: number
}

const names = (held: HeldCopyView[]): string[] => held.map(({ reservedFor }) => reservedFor)

/** The lowest numbers that no piece of the line has. */
function freeNames(order: string, line: SerializedLineView, held: HeldCopyView[], count: number): string[] {
  const taken = new Set(names(held))
  const free: string[] = []
  for (let number = 1; free.length < count; number += 1) {
    const name = pieceName(order, line.key, number)
    if (!taken.has(name)) {
      free.push(name)
    }
  }
  return free
}

/**
 * A line's copies against its pieces: those that left and did not come back are sold, those that are still to leave are reserved. A copy
 * is only newly reserved for a piece that has not left: what left without one was something else.
 */
function changesOfLine(
  order: string,
  line: SerializedLineView,
  held: HeldCopyView[],
  { isOpen, isOff }: { isOpen: boolean; isOff: boolean }
): LineChanges {
  const sold = held.filter(({ isSold }) => isSold)
  const reserved = held.filter(({ isSold }) => !isSold)
  const gone = Math.max(line.shipped - line.returned, 0)
  const toSell = reserved.slice(0, Math.max(gone - sold.length, 0))
  const waiting = reserved.slice(toSell.length)
  const open = isOff ? 0 : Math.max(line.quantity - line.shipped, 0)
  const missing = isOpen ? Math.max(open - waiting.length, 0) : 0
  const found = Math.min(missing, line.available)
  return {
    reserve: freeNames(order, line, held, found).map((reservedFor) => ({ reservedFor, variantId: line.variantId })),
    sell: names(toSell),
    release: names(waiting.slice(open)),
    takeBack: names(sold.slice(gone)),
    // What is packed already was packed without: nobody can look for a copy of it any more.
    short: Math.min(missing - found, Math.max(line.quantity - line.fulfilled, 0)),
  }
}

const sameIds = (a: string[], b: string[]): boolean => a.length === b.length && a.every((id) => b.includes(id))

/**
 * What is left to do so that an order holds a graded copy for each of its pieces: the difference between what its pieces are (ordered,
 * shipped, returned, as Medusa's order says it) and the copies that are held for them. It follows the order through cancellation, partial
 * cancellation and return without a word of its own for any of them.
 *
 * Too few copies: a `short_of_copies` for a person, as long as the pieces are not packed.
 */
export function copies(current: MedusaOrderView, target: Pick<OrderTarget, "cancelled">): PlanStep[] {
  const { order, lines, held } = current.copies
  const isOff =
    current.status === "canceled" || (target.cancelled && current.fulfillments.every(({ shipped }) => !shipped))
  const isOpen = current.status === "pending" && !target.cancelled
  const keys = new Set(lines.map(({ key }) => key))
  const ofNoLine = held.filter(
    ({ reservedFor, isSold }) => !isSold && !keys.has(lineKeyOfPiece(order, reservedFor) ?? "")
  )
  const available = new Map(lines.map(({ variantId, available: copiesLeft }) => [variantId, copiesLeft]))
  const changes = {
    reserve: [] as CopyToReserve[],
    sell: [] as string[],
    release: names(ofNoLine),
    takeBack: [] as string[],
  }
  const shortSkus: string[] = []
  let isNoted = true
  for (const line of lines) {
    const ofLine = held.filter(({ reservedFor }) => lineKeyOfPiece(order, reservedFor) === line.key)
    const left = { ...line, available: available.get(line.variantId) ?? 0 }
    const { short, ...wanted } = changesOfLine(order, left, ofLine, { isOpen, isOff })
    available.set(line.variantId, left.available - wanted.reserve.length)
    changes.reserve.push(...wanted.reserve)
    changes.sell.push(...wanted.sell)
    changes.release.push(...wanted.release)
    changes.takeBack.push(...wanted.takeBack)
    isNoted &&= sameIds(
      line.notedCopyIds,
      ofLine.map(({ id }) => id)
    )
    if (short > 0) {
      shortSkus.push(line.sku)
    }
  }
  const isChanged = Object.values(changes).some((pieces) => pieces.length > 0)
  const steps: PlanStep[] = []
  if (isChanged || !isNoted) {
    const toNote = lines.map(({ lineId, key }) => ({ lineId, key }))
    steps.push({ kind: "copies", changes: { order, ...changes, lines: toNote } })
  }
  if (shortSkus.length > 0) {
    steps.push({ kind: "short_of_copies", skus: [...new Set(shortSkus)] })
  }
  return steps
}
