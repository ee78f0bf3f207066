import { FlushMode } from "@medusajs/framework/mikro-orm/core"
import type { Context, MedusaContainer, ReservationItemDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { inOneTransaction } from "./one-transaction"
import { withStockLocked } from "./stock-lock"

/** Stock that parcels take, or give back, for one line of an order. */
export interface ParcelStock {
  lineId: string
  inventoryItemId: string
  locationId: string
  /** Pieces of stock in parcels whose recording and moving happen in one go: nothing of them can have been moved before. */
  fresh: number
  /** Pieces in parcels that an interrupted run recorded: it may have moved them or not, the reservation tells. */
  resumed: number
  /** What has to be reserved for the line afterwards: its pieces that are in no parcel. */
  reservedAfter: number
}

/** Pieces of stock that a line keeps reserved at most. */
export interface ReservedPieces {
  lineId: string
  inventoryItemId: string
  quantity: number
}

interface MovedLevel {
  inventoryItemId: string
  locationId: string
  adjustment: number
}

/** What was moved, to move it back. */
export interface MovedStock {
  levels: MovedLevel[]
  changed: { id: string; before: number; after: number }[]
  deleted: string[]
  created: string[]
}

export const nothingMoved = (): MovedStock => ({ levels: [], changed: [], deleted: [], created: [] })

/** What several orders moved, as one. */
export const joinMoved = (moved: MovedStock[]): MovedStock => ({
  levels: moved.flatMap(({ levels }) => levels),
  changed: moved.flatMap(({ changed }) => changed),
  deleted: moved.flatMap(({ deleted }) => deleted),
  created: moved.flatMap(({ created }) => created),
})

const itemIdsOf = (rows: { inventoryItemId: string }[]): string[] => rows.map(({ inventoryItemId }) => inventoryItemId)

async function reservationsOf(container: MedusaContainer, rows: { lineId: string }[]): Promise<ReservationItemDTO[]> {
  return await container
    .resolve(Modules.INVENTORY)
    .listReservationItems({ line_item_id: [...new Set(rows.map(({ lineId }) => lineId))] })
}

const isOf = ({ lineId, inventoryItemId }: Pick<ParcelStock, "lineId" | "inventoryItemId">) => {
  return (reservation: ReservationItemDTO) =>
    reservation.line_item_id === lineId && reservation.inventory_item_id === inventoryItemId
}

const reservedIn = (reservations: ReservationItemDTO[]): number =>
  reservations.reduce((sum, { quantity }) => sum + Number(quantity), 0)

/** Reservations are lowered one after the other; what is left of none is deleted. */
function lower(reservations: ReservationItemDTO[], by: number, moved: MovedStock): void {
  let left = by
  for (const { id, quantity } of reservations) {
    const taken = Math.min(left, Number(quantity))
    if (taken > 0) {
      left -= taken
      if (taken === Number(quantity)) {
        moved.deleted.push(id)
      } else {
        moved.changed.push({ id, before: Number(quantity), after: Number(quantity) - taken })
      }
    }
  }
}

/** Medusa changes one level after the other: those of many lines are added up before. */
async function adjust(container: MedusaContainer, levels: MovedLevel[], context?: Context): Promise<void> {
  const sums = new Map<string, MovedLevel>()
  for (const level of levels) {
    const key = `${level.inventoryItemId} ${level.locationId}`
    sums.set(key, { ...level, adjustment: level.adjustment + (sums.get(key)?.adjustment ?? 0) })
  }
  if (sums.size > 0) {
    await container.resolve(Modules.INVENTORY).adjustInventory([...sums.values()], context)
  }
}

/** What moves when parcels take their stock: never more than the parcels hold, and reservations never go below what stays reserved. */
function planTaking(rows: ParcelStock[], reservations: ReservationItemDTO[]): MovedStock {
  const moved = nothingMoved()
  for (const row of rows) {
    const own = reservations.filter(isOf(row))
    const excess = Math.max(reservedIn(own) - row.reservedAfter, 0)
    const taken = row.fresh + Math.max(Math.min(excess - row.fresh, row.resumed), 0)
    if (taken > 0) {
      moved.levels.push({ ...levelOf(row), adjustment: -taken })
    }
    lower(own, Math.min(excess, row.fresh + row.resumed), moved)
  }
  return moved
}

const levelOf = ({ inventoryItemId, locationId }: ParcelStock) => ({ inventoryItemId, locationId })

async function applyLowered(
  container: MedusaContainer,
  { changed, deleted }: MovedStock,
  context?: Context
): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  if (changed.length > 0) {
    await inventory.updateReservationItems(
      changed.map(({ id, after }) => ({ id, quantity: after, allow_backorder: true })),
      context
    )
  }
  if (deleted.length > 0) {
    await inventory.softDeleteReservationItems(deleted, undefined, context)
  }
}

/** Each call reads the levels that the one before has written. */
async function inStockTransaction(
  container: MedusaContainer,
  eventGroupId: string | undefined,
  task: (context: Context) => Promise<void>
): Promise<void> {
  await inOneTransaction(container, Modules.INVENTORY, { eventGroupId, flush: FlushMode.AUTO }, task)
}

/** Lowers reservations to what lines keep; those that are that low already stay. */
export async function lowerReservations(container: MedusaContainer, rows: ReservedPieces[]): Promise<MovedStock> {
  return await withStockLocked(container, itemIdsOf(rows), async () => {
    const moved = nothingMoved()
    const reservations = rows.length === 0 ? [] : await reservationsOf(container, rows)
    for (const row of rows) {
      const own = reservations.filter(isOf(row))
      lower(own, Math.max(reservedIn(own) - row.quantity, 0), moved)
    }
    await applyLowered(container, moved)
    return moved
  })
}

/**
 * Parcels of many orders take their stock: stocked and reserved pieces go down together, exactly once, also when an earlier run was
 * interrupted. The stocked quantity may go below zero (an oversold order that was packed all the same), the reserved one never.
 *
 * One transaction for all of it: a run that dies has taken everything, with its reservations, or nothing.
 *
 * @param orders what the parcels of each order take
 * @param allow asked under the lock, when nothing is moved yet; throws to stop. Waiting for the lock may have taken longer than a lease
 * @param eventGroupId of the workflow whose step this is
 * @returns what was moved for each order, for `moveBack`
 */
export async function takeStock(
  container: MedusaContainer,
  orders: ParcelStock[][],
  allow: () => Promise<void>,
  eventGroupId?: string
): Promise<MovedStock[]> {
  const rows = orders.flat()
  if (rows.length === 0) {
    return orders.map(nothingMoved)
  }
  return await withStockLocked(container, itemIdsOf(rows), async () => {
    const reservations = await reservationsOf(container, rows)
    const moved = orders.map((own) => planTaking(own, reservations))
    await allow()
    const all = joinMoved(moved)
    await inStockTransaction(container, eventGroupId, async (context) => {
      await adjust(container, all.levels, context)
      await applyLowered(container, all, context)
    })
    return moved
  })
}

/**
 * Parcels give their stock back and the order's lines have it reserved again, exactly once: the reverse of `takeStock` for one order.
 *
 * @param allow see there
 * @param eventGroupId see there
 */
export async function giveStockBack(
  container: MedusaContainer,
  rows: ParcelStock[],
  allow: () => Promise<void>,
  eventGroupId?: string
): Promise<MovedStock> {
  if (rows.length === 0) {
    return nothingMoved()
  }
  const inventory = container.resolve(Modules.INVENTORY)
  return await withStockLocked(container, itemIdsOf(rows), async () => {
    const reservations = await reservationsOf(container, rows)
    const moved = nothingMoved()
    const missing = rows.flatMap((row) => {
      const lack = Math.max(row.reservedAfter - reservedIn(reservations.filter(isOf(row))), 0)
      const given = row.fresh + Math.max(Math.min(lack - row.fresh, row.resumed), 0)
      if (given > 0) {
        moved.levels.push({ ...levelOf(row), adjustment: given })
      }
      const quantity = Math.min(lack, row.fresh + row.resumed)
      return quantity > 0 ? [{ row, quantity }] : []
    })
    await allow()
    await inStockTransaction(container, eventGroupId, async (context) => {
      if (missing.length > 0) {
        const created = await inventory.createReservationItems(
          missing.map(({ row, quantity }) => ({
            line_item_id: row.lineId,
            inventory_item_id: row.inventoryItemId,
            location_id: row.locationId,
            quantity,
            allow_backorder: true,
          })),
          context
        )
        moved.created.push(...created.map(({ id }) => id))
      }
      await adjust(container, moved.levels, context)
    })
    return moved
  })
}

/** Moves back what `takeStock` or `giveStockBack` moved. */
export async function moveBack(container: MedusaContainer, moved: MovedStock): Promise<void> {
  const inventory = container.resolve(Modules.INVENTORY)
  const touched = moved.levels.length + moved.changed.length + moved.deleted.length + moved.created.length
  if (touched === 0) {
    return
  }
  await withStockLocked(container, itemIdsOf(moved.levels), async () => {
    await adjust(
      container,
      moved.levels.map((level) => ({ ...level, adjustment: -level.adjustment }))
    )
    if (moved.created.length > 0) {
      await inventory.softDeleteReservationItems(moved.created)
    }
    if (moved.deleted.length > 0) {
      await inventory.restoreReservationItems(moved.deleted)
    }
    if (moved.changed.length > 0) {
      await inventory.updateReservationItems(
        moved.changed.map(({ id, before }) => ({ id, quantity: before, allow_backorder: true }))
      )
    }
  })
}
