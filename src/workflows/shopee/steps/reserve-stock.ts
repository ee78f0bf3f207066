import { Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { Reservation } from "../stock-of-lines"
import { withStockLocked } from "../stock-lock"

interface Reserved {
  reservationIds: string[]
  inventoryItemIds: string[]
}

/**
 * Reserves stock for many orders at once, as Medusa's `createReservationsStep` does, but for the sequence in which locks are taken.
 *
 * Taken back: the reservations are deleted.
 */
export const reserveStockStep = createStep(
  "shopee-reserve-stock",
  async (reservations: Reservation[], { container }) => {
    if (reservations.length === 0) {
      return new StepResponse([], { reservationIds: [], inventoryItemIds: [] } satisfies Reserved)
    }
    const inventoryItemIds = reservations.map(({ inventory_item_id }) => inventory_item_id)
    const created = await withStockLocked(container, inventoryItemIds, () =>
      container.resolve(Modules.INVENTORY).createReservationItems(reservations)
    )
    const reservationIds = created.map(({ id }) => id)
    return new StepResponse(reservationIds, { reservationIds, inventoryItemIds } satisfies Reserved)
  },
  async (reserved: Reserved | undefined, { container }) => {
    if (!reserved || reserved.reservationIds.length === 0) {
      return
    }
    await withStockLocked(container, reserved.inventoryItemIds, () =>
      container.resolve(Modules.INVENTORY).deleteReservationItems(reserved.reservationIds)
    )
  }
)
