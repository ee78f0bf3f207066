import { MathBN } from "@medusajs/framework/utils"
import type { OrderReturnsView, ReturnToRequest } from "../../types/order-returns"
import type { OrderPrice } from "../../types/order-price"
import { type ModelWarehouse, refuse } from "./model-warehouse"

interface ModelReturn {
  id: string
  returnSn: string
  canceled: boolean
  items: { lineId: string; quantity: number; received: number }[]
  /** The stock's own note that it has the pieces: written with them. */
  isInStock: boolean
  /** The return's note that it is done with: written after that. */
  restocked: boolean
}

type Amount = string

const sum = (amounts: Amount[]): Amount =>
  amounts.reduce<Amount>((all, amount) => MathBN.add(all, amount).toFixed(), "0")

/**
 * Returns of one order, and what they do to its account, as Medusa keeps them. Refuses what Medusa refuses, and what no plan may ask for: two
 * returns for one of Shopee's, goods that are received or put into stock twice.
 */
export class ModelReturns {
  readonly all: ModelReturn[] = []
  /** What was credited at the end, also negative amounts. */
  private readonly credits: Amount[] = []
  /** What a piece of each line costs after its discount. */
  private prices: Record<string, Amount> = {}

  /** Takes over what the order costs. */
  price({ lines }: OrderPrice): void {
    this.prices = Object.fromEntries(
      lines.flatMap(({ key, quantity, total, adjustment }) =>
        quantity > 0 ? [[`line:${key}`, MathBN.div(MathBN.sub(total, adjustment), quantity).toFixed()]] : []
      )
    )
  }

  /** What Medusa thinks that the buyer owes; negative when the buyer is owed. */
  openAmount(total: Amount, booked: Amount): Amount {
    return MathBN.sub(MathBN.sub(total, this.lessens()), booked).toFixed()
  }

  view(total: Amount, booked: Amount, refunds: { amount: Amount; returnSn: string | null }[]): OrderReturnsView {
    const bySn = new Map<string, Amount>()
    for (const { amount, returnSn } of refunds) {
      if (returnSn !== null) {
        bySn.set(returnSn, sum([bySn.get(returnSn) ?? "0", amount]))
      }
    }
    return {
      returns: this.all.map(({ isInStock: _, ...known }) => known),
      heldPieces: new Map(Object.entries(this.pieces(({ quantity }) => quantity))),
      refunds: bySn,
      openAmount: this.openAmount(total, booked),
    }
  }

  /** What the order's total is less by, since goods came back or something was credited. */
  lessens(): Amount {
    const back = Object.entries(this.received()).map(([lineId, pieces]) =>
      MathBN.mult(this.prices[lineId] ?? "0", pieces).toFixed()
    )
    return sum([...back, ...this.credits])
  }

  /** Pieces by line that came back. */
  received(): Record<string, number> {
    return this.pieces(({ received }) => received)
  }

  request({ returnSn, items }: ReturnToRequest, warehouse: ModelWarehouse): void {
    refuse(
      this.all.some((each) => each.returnSn === returnSn && !each.canceled),
      `Two of Medusa's returns would stand for ${returnSn}`
    )
    refuse(items.length === 0, `Return ${returnSn} would be of nothing`)
    const held = this.pieces(({ quantity }) => quantity)
    for (const { lineId, quantity } of items) {
      const returnable = warehouse.packed(lineId) - (held[lineId] ?? 0)
      refuse(quantity <= 0 || quantity > returnable, "Cannot request to return more items than what was fulfilled")
    }
    this.all.push({
      ...{ id: `return_${this.all.length + 1}`, returnSn, canceled: false, isInStock: false, restocked: false },
      items: items.map((item) => ({ ...item, received: 0 })),
    })
  }

  cancel(id: string): void {
    const found = this.find(id)
    refuse(
      found.items.some(({ received }) => received > 0),
      "Can't cancel a return that was received"
    )
    found.canceled = true
  }

  /** The parts of receiving, each of which may be the last that the process does. */
  receiving(id: string, warehouse: ModelWarehouse): (() => void)[] {
    const found = this.find(id)
    refuse(found.canceled, "A cancelled return can't be received")
    refuse(found.restocked, `Return ${id} would be received twice`)
    return [
      () => found.items.forEach((item) => (item.received = item.quantity)),
      () => {
        if (!found.isInStock) {
          found.items.forEach(({ lineId, received }) => warehouse.restock(lineId, received))
          found.isInStock = true
        }
      },
      () => (found.restocked = true),
    ]
  }

  credit(amount: Amount): void {
    this.credits.push(amount)
  }

  private pieces(count: (item: ModelReturn["items"][number]) => number): Record<string, number> {
    const pieces: Record<string, number> = {}
    for (const item of this.all.filter(({ canceled }) => !canceled).flatMap(({ items }) => items)) {
      pieces[item.lineId] = (pieces[item.lineId] ?? 0) + count(item)
    }
    return pieces
  }

  private find(id: string): ModelReturn {
    const found = this.all.find((each) => each.id === id)
    if (!found) {
      throw new Error(`There is no return ${id}`)
    }
    return found
  }
}
