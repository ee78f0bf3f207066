import type { MedusaContainer, UpdateFulfillmentDTO } from "@medusajs/framework/types"
import { type ChangeActionType, MedusaError } from "@medusajs/framework/utils"
import { readFulfillmentHistories } from "../../modules/connectors/shopee/inbox/fulfillment-histories"
import { type FulfillmentHistory, recordActionsOfOrders } from "./fulfillment-history"
import {
  type FulfillmentBefore,
  type ParcelChange,
  readFulfillments,
  takeBackAll,
  updateFulfillments,
} from "./fulfillment-record"
import type { OrderHold } from "./order-hold"

/** One way in which parcels move on. */
export interface ParcelMove<Parcel extends { fulfillmentId: string }> {
  /** What the order's record says of it. */
  action: ChangeActionType
  /** Whether a parcel can make the move, or has made it. */
  isPossible: (fulfillment: FulfillmentBefore) => boolean
  /** Why it can't; completes "Fulfillment … of order …". */
  refusal: string
  isDone: (fulfillment: FulfillmentBefore) => boolean
  isRecorded: (past: FulfillmentHistory) => boolean
  /** What the fulfillment is given. */
  changeOf: (fulfillment: FulfillmentBefore, parcel: Parcel) => UpdateFulfillmentDTO
  /** Called between the orders and the fulfillments. */
  onRecorded?: () => void
}

/** Parcels of an order that move on. */
export interface OrderParcels<Parcel> {
  orderId: string
  hold: OrderHold
  parcels: Parcel[]
}

interface DueParcel<Parcel> {
  orderId: string
  parcel: Parcel
  fulfillment: FulfillmentBefore
  past: FulfillmentHistory
}

/** Those that have not made the move yet. */
async function findDue<Parcel extends { fulfillmentId: string }>(
  container: MedusaContainer,
  { isPossible, isDone, refusal }: ParcelMove<Parcel>,
  orders: OrderParcels<Parcel>[]
): Promise<DueParcel<Parcel>[]> {
  const [histories, known] = await Promise.all([
    readFulfillmentHistories(
      container,
      orders.map(({ orderId }) => orderId)
    ),
    readFulfillments(
      container,
      orders.flatMap(({ parcels }) => parcels.map(({ fulfillmentId }) => fulfillmentId))
    ),
  ])
  return orders.flatMap(({ orderId, parcels }) =>
    parcels.flatMap((parcel) => {
      const fulfillment = known.get(parcel.fulfillmentId)
      const past = histories.get(orderId)?.get(parcel.fulfillmentId)
      if (!fulfillment || !past || fulfillment.canceledAt || !isPossible(fulfillment)) {
        throw new MedusaError(
          MedusaError.Types.NOT_ALLOWED,
          `Fulfillment ${parcel.fulfillmentId} of order ${orderId} ${refusal}`
        )
      }
      return isDone(fulfillment) ? [] : [{ orderId, parcel, fulfillment, past }]
    })
  )
}

/**
 * Moves parcels of many orders on: all of an order in one version of it, and all orders together. Those that have made the move stay as they
 * are. The orders are written before the fulfillments: a run that is killed in between is finished by the next.
 *
 * @param eventGroupId of the workflow whose step this is
 * @returns what was done, for `takeBackAll`
 * @throws MedusaError (not_allowed) for a parcel that can't make the move or is another order's; then nothing has moved
 */
export async function moveParcels<Parcel extends { fulfillmentId: string }>(
  container: MedusaContainer,
  move: ParcelMove<Parcel>,
  orders: OrderParcels<Parcel>[],
  eventGroupId?: string
): Promise<ParcelChange[]> {
  const due = await findDue(container, move, orders)
  const dueOf = (orderId: string) => due.filter((row) => row.orderId === orderId)
  const done: ParcelChange[] = orders.map(({ orderId, hold }) => ({ orderId, hold, recorded: false, before: [] }))
  try {
    const recorded = await recordActionsOfOrders(
      container,
      orders.map(({ orderId }) => ({
        orderId,
        actions: dueOf(orderId)
          .filter(({ past }) => !move.isRecorded(past))
          .flatMap(({ past, fulfillment }) =>
            past.packed.map((line) => ({ ...line, action: move.action, fulfillmentId: fulfillment.id }))
          ),
      })),
      eventGroupId
    )
    done.forEach((change) => (change.recorded = recorded.has(change.orderId)))
    move.onRecorded?.()
    done.forEach((change) => (change.before = dueOf(change.orderId).map(({ fulfillment }) => fulfillment)))
    await updateFulfillments(
      container,
      due.map(({ parcel, fulfillment }) => ({ id: fulfillment.id, ...move.changeOf(fulfillment, parcel) })),
      eventGroupId
    )
  } catch (error) {
    await takeBackAll(container, done)
    throw error
  }
  return done
}

/** Ids of the fulfillments that were changed. */
export const movedFulfillments = (changes: ParcelChange[]): string[] =>
  changes.flatMap(({ before }) => before.map(({ id }) => id))
