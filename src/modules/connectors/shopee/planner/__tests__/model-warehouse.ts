import type { FulfillmentView, PackageToFulfil, ShipmentToMark } from "../../types/plan"

export interface ModelLine {
  lineId: string
  key: string | null
  quantity: number
  /** False for the line of buyer fees, which has no variant. */
  isStocked: boolean
  /** True for a line that counts as packed and is in no parcel: see `feeActions` of the workflows. */
  needsNoParcel?: boolean
}

interface ModelFulfillment extends FulfillmentView {
  packageNumber: string
  linked: boolean
  cancelled: boolean
}

export function refuse(isWrong: boolean, why: string): void {
  if (isWrong) {
    throw new Error(why)
  }
}

/** Stock, reservations and fulfillments of one order, as Medusa keeps them. Refuses what Medusa refuses, and what no plan may ask for. */
export class ModelWarehouse {
  /** Reserved pieces by line. */
  reservations: Record<string, number> = {}
  /** Pieces in stock by line, as a difference to what there was: below zero by what is packed. */
  readonly stock: Record<string, number> = {}
  private readonly fulfillments: ModelFulfillment[] = []

  constructor(public lines: ModelLine[]) {}

  /** Fulfillments that were not cancelled. */
  open(): ModelFulfillment[] {
    return this.fulfillments.filter(({ cancelled }) => !cancelled)
  }

  /** Pieces of a line that are in a fulfillment, or count as packed. */
  packed(lineId: string): number {
    const { quantity, needsNoParcel } = this.line(lineId)
    return this.open()
      .flatMap(({ items }) => items)
      .reduce((pieces, item) => pieces + (item.lineId === lineId ? item.quantity : 0), needsNoParcel ? quantity : 0)
  }

  /** The line of buyer fees: it goes with the next parcel, or with none when everything is packed. */
  addFee(fee: ModelLine): void {
    refuse(
      this.lines.some(({ key }) => key === fee.key),
      "The order would have two lines of buyer fees"
    )
    this.lines = [...this.lines, fee]
  }

  /** Counts the line of buyer fees as packed once no parcel is left that would take it. */
  settleFee(key: string): void {
    const goods = this.lines.filter((line) => line.key !== key)
    const isTooLate = goods.length > 0 && goods.every(({ lineId, quantity }) => this.packed(lineId) >= quantity)
    this.lines = this.lines.map((line) =>
      line.key === key && isTooLate && this.packed(line.lineId) === 0 ? { ...line, needsNoParcel: true } : line
    )
  }

  /** Pieces of a line that have left. */
  shipped(lineId: string): number {
    return this.open()
      .filter(({ shipped }) => shipped)
      .flatMap(({ items }) => items)
      .reduce((pieces, item) => pieces + (item.lineId === lineId ? item.quantity : 0), 0)
  }

  reserve(lineId: string, wanted: number): void {
    refuse(wanted > this.line(lineId).quantity, `More of ${lineId} would be reserved than it has`)
    refuse(this.reservations[lineId] !== undefined, `Line ${lineId} would be reserved twice`)
    refuse(this.packed(lineId) > 0, `More of ${lineId} would be reserved than was ordered`)
    this.reservations[lineId] = wanted
  }

  /** Lowers what is reserved to what a line of so many pieces needs. */
  release(lineId: string, quantity: number): void {
    const most = Math.max(quantity - this.packed(lineId), 0)
    if ((this.reservations[lineId] ?? 0) > most) {
      delete this.reservations[lineId]
      if (most > 0) {
        this.reservations[lineId] = most
      }
    }
  }

  /** Gives a line fewer pieces; one that comes down to none is gone. */
  lower(lineId: string, quantity: number): void {
    const line = this.line(lineId)
    refuse(quantity < this.packed(lineId), "Quantity cannot be lower than what was fulfilled")
    refuse(quantity > line.quantity, "No line gets more pieces")
    this.lines = this.lines.flatMap((each) => (each !== line ? each : quantity > 0 ? { ...line, quantity } : []))
  }

  /** The parcel's number, when a run died before it linked it. */
  unlinked(): string[] {
    return this.open().flatMap(({ linked, packageNumber }) => (linked ? [] : packageNumber))
  }

  link(packageNumber: string): void {
    this.open()
      .filter((each) => each.packageNumber === packageNumber)
      .forEach((each) => (each.linked = true))
  }

  fulfil({ packageNumber, items }: PackageToFulfil): void {
    refuse(items.length === 0, "No items to fulfill")
    const isPacked = this.open().some((each) => each.packageNumber === packageNumber)
    refuse(isPacked, `Parcel ${packageNumber} would be packed twice`)
    const id = `ful_${this.fulfillments.length + 1}`
    const fulfillment: ModelFulfillment = {
      ...{ id, packageNumber, items: [], linked: false, cancelled: false },
      ...{ shipped: false, delivered: false, trackingNumber: null },
    }
    this.fulfillments.push(fulfillment)
    for (const { lineId, quantity } of items) {
      refuse(quantity <= 0, `Nothing of line ${lineId} would be packed`)
      fulfillment.items.push({ lineId, quantity })
      refuse(this.packed(lineId) > this.line(lineId).quantity, `Pieces of line ${lineId} would be packed twice`)
      if (this.line(lineId).isStocked) {
        this.consume(lineId, quantity)
      }
    }
  }

  ship({ fulfillmentId, trackingNumber }: ShipmentToMark): void {
    const fulfillment = this.fulfillment(fulfillmentId)
    refuse(fulfillment.shipped, "Shipment has already been created")
    fulfillment.shipped = true
    fulfillment.trackingNumber = trackingNumber
  }

  track({ fulfillmentId, trackingNumber }: ShipmentToMark): void {
    const fulfillment = this.fulfillment(fulfillmentId)
    refuse(!fulfillment.shipped, "A parcel that did not leave has no tracking")
    refuse(fulfillment.trackingNumber === trackingNumber, "The number is known")
    fulfillment.trackingNumber = trackingNumber
  }

  deliver(fulfillmentId: string): void {
    const fulfillment = this.fulfillment(fulfillmentId)
    refuse(!fulfillment.shipped, "A parcel that did not leave can't be delivered")
    refuse(fulfillment.delivered, "Fulfillment has already been marked as delivered")
    fulfillment.delivered = true
  }

  unpack(fulfillmentId: string): void {
    const fulfillment = this.fulfillment(fulfillmentId)
    refuse(fulfillment.shipped, "A shipment can't be cancelled")
    fulfillment.cancelled = true
    for (const { lineId, quantity } of fulfillment.items.filter((item) => this.line(item.lineId).isStocked)) {
      this.stock[lineId] = (this.stock[lineId] ?? 0) + quantity
      this.reservations[lineId] = (this.reservations[lineId] ?? 0) + quantity
    }
  }

  /** What came back is there again: never more than had left. */
  restock(lineId: string, quantity: number): void {
    if (this.line(lineId).isStocked) {
      this.stock[lineId] = (this.stock[lineId] ?? 0) + quantity
      refuse((this.stock[lineId] ?? 0) > 0, `More of ${lineId} would be back in stock than had left it`)
    }
  }

  private consume(lineId: string, quantity: number): void {
    const reserved = this.reservations[lineId] ?? 0
    // An amendment that was cut short may have lowered the reservation, or taken it away, and left the line; our step takes the pieces all
    // the same (workflows/shopee/parcel-stock.ts), where Medusa's would refuse.
    delete this.reservations[lineId]
    if (quantity < reserved) {
      this.reservations[lineId] = reserved - quantity
    }
    this.stock[lineId] = (this.stock[lineId] ?? 0) - quantity
    // A backorder allows as many pieces below zero as were ordered.
    refuse(-(this.stock[lineId] ?? 0) > this.line(lineId).quantity, `More of ${lineId} left the stock than was ordered`)
  }

  private line(lineId: string): ModelLine {
    const line = this.lines.find((each) => each.lineId === lineId)
    if (!line) {
      throw new Error(`There is no line ${lineId}`)
    }
    return line
  }

  private fulfillment(id: string): ModelFulfillment {
    const fulfillment = this.open().find((each) => each.id === id)
    if (!fulfillment) {
      throw new Error(`There is no fulfillment ${id}, or it was cancelled`)
    }
    return fulfillment
  }
}
