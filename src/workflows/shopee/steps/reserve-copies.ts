import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { pieceName } from "../../../modules/connectors/shopee/planner/piece-names"
import { TCG_MODULE } from "../../../modules/tcg"
import type TcgModuleService from "../../../modules/tcg/service"
import { noteCopies } from "../note-copies"

/** A line of a new order, and what its pieces are named by. */
export interface LineToReserve {
  ordersn: string
  /** The order's display id. */
  order: string
  lineId: string
  key: string
  variantId: string
  sku: string
  quantity: number
}

/**
 * Sets a graded copy aside for each piece of lines whose variant has any, for all new orders at once, and names the copies on the lines.
 * When there are too few, the first of the lines get them.
 *
 * @returns the SKUs that are short of copies, by order_sn. Compensation frees what was set aside here.
 */
export const reserveCopiesStep = createStep(
  "reserve-serialized-copies",
  async ({ lines }: { lines: LineToReserve[] }, { container }) => {
    const tcg = container.resolve<TcgModuleService>(TCG_MODULE)
    const serialized = await tcg.countAvailableCopies([...new Set(lines.map(({ variantId }) => variantId))])
    const short: Record<string, string[]> = {}
    const pieces = lines
      .filter(({ variantId }) => serialized.has(variantId))
      .flatMap((line) =>
        Array.from({ length: line.quantity }, (_, index) => ({
          line,
          demand: {
            reservedFor: pieceName(line.order, line.key, index + 1),
            order: line.order,
            variantId: line.variantId,
          },
        }))
      )
    if (pieces.length === 0) {
      return new StepResponse(short, [])
    }
    const reserved = await tcg.reserveSerializedItems(pieces.map(({ demand }) => demand))
    const copies = new Map(reserved.map(({ reservedFor, copy }) => [reservedFor, copy]))
    const taken = reserved.flatMap(({ reservedFor, isNew }) => (isNew ? [reservedFor] : []))
    for (const { line, demand } of pieces) {
      const skus = (short[line.ordersn] ??= [])
      if (!copies.get(demand.reservedFor) && !skus.includes(line.sku)) {
        skus.push(line.sku)
      }
    }
    try {
      await noteCopies(
        container,
        [...new Set(pieces.map(({ line }) => line))].map((line) => ({
          lineId: line.lineId,
          copies: pieces.flatMap((piece) => (piece.line === line ? (copies.get(piece.demand.reservedFor) ?? []) : [])),
        }))
      )
    } catch (error) {
      await tcg.releaseSerializedItems(taken)
      throw error
    }
    return new StepResponse(short, taken)
  },
  async (taken, { container }) => {
    await container.resolve<TcgModuleService>(TCG_MODULE).releaseSerializedItems(taken ?? [])
  }
)
