import type { CopyChanges, OrderCopiesView } from "../../types/copies"
import type { ModelLine, ModelWarehouse } from "./model-warehouse"
import { refuse } from "./model-warehouse"
import { lineKeyOfPiece, pieceName } from "../piece-names"

/** The order's display id. */
const ORDER = "SHP-260301ABCDEF08"

/** The first item's two pieces have a copy each; the second item is two lines, and has one copy for both. */
const COPIES = [
  { id: "copy_1", item: "71" },
  { id: "copy_2", item: "71" },
  { id: "copy_3", item: "72" },
]

interface ModelCopy {
  id: string
  item: string
  status: "available" | "reserved" | "sold"
  reservedFor: string | null
}

const itemOf = (key: string): string => key.split(":")[1] ?? ""

/** Graded copies, as the tcg module keeps them, and what the order's lines say of them. */
export class ModelCopies {
  readonly all: ModelCopy[] = COPIES.map((copy) => ({ ...copy, status: "available", reservedFor: null }))
  private readonly noted: Record<string, string[]> = {}

  view(warehouse: ModelWarehouse, returned: Record<string, number> = {}): OrderCopiesView {
    return {
      order: ORDER,
      lines: this.serialized(warehouse.lines).map(({ lineId, key, quantity }) => ({
        ...{ lineId, key, sku: `SKU-${key}`, variantId: itemOf(key), quantity },
        fulfilled: warehouse.packed(lineId),
        shipped: warehouse.shipped(lineId),
        returned: returned[lineId] ?? 0,
        available: this.all.filter(({ item, status }) => item === itemOf(key) && status === "available").length,
        notedCopyIds: this.noted[lineId] ?? [],
      })),
      held: this.all.flatMap(({ id, reservedFor, status }) =>
        reservedFor === null ? [] : { id, reservedFor, isSold: status === "sold" }
      ),
    }
  }

  /** What an import does: a copy for every piece, as far as they go. */
  reserveAll(lines: ModelLine[]): void {
    for (const { lineId, key, quantity } of this.serialized(lines)) {
      for (let number = 1; number <= quantity; number += 1) {
        this.reserve(pieceName(ORDER, key, number), itemOf(key))
      }
      this.note([{ lineId, key }])
    }
  }

  /** The parts of the step, each of which may be the last that the process does. */
  parts({ reserve, sell, release, takeBack, lines }: CopyChanges): (() => void)[] {
    return [
      () => release.forEach((name) => this.move(name, "reserved", "available")),
      () => takeBack.forEach((name) => this.move(name, "sold", "available")),
      () => sell.forEach((name) => this.move(name, "reserved", "sold")),
      () => reserve.forEach(({ reservedFor, variantId }) => this.reserve(reservedFor, variantId)),
      () => this.note(lines),
    ]
  }

  private serialized(lines: ModelLine[]): (ModelLine & { key: string })[] {
    return lines.flatMap((line) =>
      line.isStocked && line.key !== null && COPIES.some(({ item }) => item === itemOf(line.key ?? ""))
        ? { ...line, key: line.key }
        : []
    )
  }

  private reserve(reservedFor: string, item: string): void {
    if (this.all.some((copy) => copy.reservedFor === reservedFor)) {
      return
    }
    const free = this.all.find((copy) => copy.item === item && copy.status === "available")
    if (free) {
      Object.assign(free, { status: "reserved", reservedFor })
    }
  }

  private move(reservedFor: string, from: ModelCopy["status"], to: ModelCopy["status"]): void {
    const copy = this.all.find((each) => each.reservedFor === reservedFor && each.status === from)
    refuse(copy === undefined, `No copy is ${from} for ${reservedFor}`)
    Object.assign(copy ?? {}, { status: to, reservedFor: to === "available" ? null : reservedFor })
  }

  private note(lines: { lineId: string; key: string }[]): void {
    for (const { lineId, key } of lines) {
      this.noted[lineId] = this.all
        .filter(({ reservedFor }) => reservedFor !== null && lineKeyOfPiece(ORDER, reservedFor) === key)
        .map(({ id }) => id)
    }
  }
}
