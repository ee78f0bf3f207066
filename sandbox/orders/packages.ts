import type { Identifiers } from "../identifiers"
import { activeQuantity, type Order, type OrderLine, type OrderPackage } from "./order"

/**
 * Splits an order's pieces into packages: whole lines while there are enough of them, else piece by piece.
 * @throws RangeError when there are fewer pieces than packages
 */
export function splitIntoPackages(lines: OrderLine[], count: number, ids: Identifiers): OrderPackage[] {
  const packages: OrderPackage[] = Array.from({ length: count }, () => ({
    packageNumber: ids.packageNumber(),
    forderId: ids.forderId(),
    trackingNumber: "",
    logisticsStatus: "LOGISTICS_NOT_START",
    contents: [],
  }))
  const shares = lines.length >= count ? wholeLines(lines) : singlePieces(lines)
  if (shares.length < count) throw new RangeError(`${shares.length} pieces can't fill ${count} packages`)
  shares.forEach(({ line, quantity }, index) => {
    const contents = packages[index % count]?.contents ?? []
    const present = contents.find((content) => content.line === line)
    if (present) present.quantity += quantity
    else contents.push({ line, quantity })
  })
  return packages
}

/** Where an order's packages are when the order has this status; undefined: wherever they were before. */
export function logisticsStatusFor(order: Order, status: string): string | undefined {
  switch (status) {
    case "UNPAID":
      return "LOGISTICS_NOT_START"
    case "PENDING":
      return "LOGISTICS_PENDING_ARRANGE"
    case "READY_TO_SHIP":
      return "LOGISTICS_READY"
    case "PROCESSED":
      return "LOGISTICS_REQUEST_CREATED"
    case "RETRY_SHIP":
      return "LOGISTICS_PICKUP_RETRY"
    case "SHIPPED":
      return "LOGISTICS_PICKUP_DONE"
    case "TO_CONFIRM_RECEIVE":
    case "COMPLETED":
      return "LOGISTICS_DELIVERY_DONE"
    case "CANCELLED":
      if (order.shipped) return "LOGISTICS_DELIVERY_FAILED"
      return order.packages.some((parcel) => parcel.trackingNumber) ? "LOGISTICS_REQUEST_CANCELED" : "LOGISTICS_INVALID"
    default:
      return undefined
  }
}

function wholeLines(lines: OrderLine[]): { line: OrderLine; quantity: number }[] {
  return lines.map((line) => ({ line, quantity: activeQuantity(line) }))
}

function singlePieces(lines: OrderLine[]): { line: OrderLine; quantity: number }[] {
  return lines.flatMap((line) => Array.from({ length: activeQuantity(line) }, () => ({ line, quantity: 1 })))
}
