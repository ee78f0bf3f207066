import type { MedusaContainer } from "@medusajs/framework/types"
import { ChangeActionType, MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { failPoint } from "../../../modules/connectors/shared/fail-point"
import { type FulfillmentHistory, readFulfillmentHistory, recordFulfillmentActions } from "../fulfillment-history"
import { type FulfillmentBefore, putBack, readFulfillments } from "../fulfillment-record"
import { isHeld, type OrderHold, requireHold } from "../order-hold"
import { type OrderToPack, readOrderToPack } from "../order-to-pack"
import { giveStockBack, type MovedStock, moveBack, type ParcelStock } from "../parcel-stock"

export interface CancelFulfillmentsInput {
  orderId: string
  hold: OrderHold
  fulfillmentIds: string[]
}

interface Unpacked {
  orderId: string
  hold: OrderHold
  recorded: boolean
  moved: MovedStock | null
  before: FulfillmentBefore[]
}

interface ParcelToUnpack {
  fulfillment: FulfillmentBefore
  past: FulfillmentHistory
}

/** What another worker has taken over is left to it: it finishes what was begun here. */
async function undo(container: MedusaContainer, { orderId, hold, recorded, moved, before }: Unpacked): Promise<void> {
  if (!(await isHeld(container, hold))) {
    return
  }
  await putBack(container, before)
  if (moved) {
    await moveBack(container, moved)
  }
  if (recorded) {
    await container.resolve(Modules.ORDER).revertLastVersion(orderId)
  }
}

/** What the parcels hold, by their own items: that is what was taken when they were packed. */
function toParcelStock(order: OrderToPack, parcels: ParcelToUnpack[]): ParcelStock[] {
  const rows = new Map<string, ParcelStock>()
  for (const { fulfillment, past } of parcels) {
    for (const { lineId, inventoryItemId, quantity } of fulfillment.items) {
      if (inventoryItemId === null) {
        continue
      }
      const key = `${lineId} ${inventoryItemId} ${fulfillment.locationId}`
      const pieces = past.packed.reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0)
      const row = rows.get(key) ?? {
        lineId,
        inventoryItemId,
        locationId: fulfillment.locationId,
        fresh: 0,
        resumed: 0,
        reservedAfter: ((order.lines.get(lineId)?.unfulfilled ?? 0) * quantity) / pieces,
      }
      row[past.canceled ? "resumed" : "fresh"] += quantity
      // What this run records as unpacked is not in the order as it was read.
      row.reservedAfter += past.canceled ? 0 : quantity
      rows.set(key, row)
    }
  }
  return [...rows.values()]
}

/**
 * Unpacks parcels that have not left: their stock is there again and reserved for the order, so that the order can be cancelled, or
 * packed anew. Those that are cancelled already stay as they are.
 *
 * Not `cancelOrderFulfillmentWorkflow`: it can't reserve again what was oversold, and takes one parcel.
 *
 * @throws OrderLostError when another worker has the order; MedusaError (not_allowed) for a parcel that has left or is another order's. Compensation packs them again.
 */
export const cancelFulfillmentsStep = createStep(
  "cancel-shopee-fulfillments",
  async ({ orderId, hold, fulfillmentIds }: CancelFulfillmentsInput, { container, eventGroupId }) => {
    const order = await readOrderToPack(container, orderId)
    const history = await readFulfillmentHistory(container, orderId)
    const known = await readFulfillments(container, fulfillmentIds)
    const due = fulfillmentIds.flatMap((id): ParcelToUnpack[] => {
      const fulfillment = known.get(id)
      const past = history.get(id)
      if (!fulfillment || !past || fulfillment.shippedAt || past.shipped) {
        throw new MedusaError(
          MedusaError.Types.NOT_ALLOWED,
          `Fulfillment ${id} of order ${orderId} has left or is missing and can't be cancelled.`
        )
      }
      return fulfillment.canceledAt ? [] : [{ fulfillment, past }]
    })
    const done: Unpacked = { orderId, hold, recorded: false, moved: null, before: [] }
    try {
      done.recorded = await recordFulfillmentActions(
        container,
        orderId,
        due
          .filter(({ past }) => !past.canceled)
          .flatMap(({ fulfillment, past }) =>
            past.packed.map((line) => ({
              ...line,
              action: ChangeActionType.CANCEL_ITEM_FULFILLMENT,
              fulfillmentId: fulfillment.id,
            }))
          )
      )
      failPoint("parcels-unpacked")
      done.moved = await giveStockBack(
        container,
        toParcelStock(order, due),
        () => requireHold(container, hold),
        eventGroupId
      )
      for (const { fulfillment } of due) {
        done.before.push(fulfillment)
        // Through the module, so that one of another provider is cancelled there as well.
        await container.resolve(Modules.FULFILLMENT).cancelFulfillment(fulfillment.id)
      }
    } catch (error) {
      await undo(container, done)
      throw error
    }
    return new StepResponse(
      due.map(({ fulfillment }) => fulfillment.id),
      done
    )
  },
  async (done, { container }) => {
    if (done) {
      await undo(container, done)
    }
  }
)
