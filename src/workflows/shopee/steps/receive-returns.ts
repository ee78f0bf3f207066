import { MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { RESTOCKED_KEY } from "../../../modules/connectors/shopee/types/return-record"
import { stockOfReturned } from "../packed-stock"
import { restockReturn } from "../restock-return"
import { BY_SHOPEE, readReceived } from "../return-record"

export interface ReceiveReturnsInput {
  orderId: string
  returnIds: string[]
}

/**
 * Receives returns: what is outstanding of each comes back, into the stock of the location that it was packed from. What somebody received by
 * hand is in stock already and is left alone.
 *
 * Not `beginReceiveReturnWorkflow` and what follows it (docs/decisions): three workflows with an open change between them, and stock that
 * a killed run leaves uncounted.
 *
 * Not compensated, since the goods are here. A run that is killed is finished by the next one: the order knows what was received, the
 * stock which returns it has, and the return when both are done.
 *
 * @throws MedusaError for a cancelled return, and when somebody holds an open change of the order
 */
export const receiveReturnsStep = createStep(
  "receive-shopee-returns",
  async ({ orderId, returnIds }: ReceiveReturnsInput, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    for (const returnId of returnIds) {
      const found = await orders.retrieveReturn(returnId, { relations: ["items"] })
      if (found.status === "canceled") {
        throw new MedusaError(MedusaError.Types.NOT_ALLOWED, `Return ${returnId} is cancelled and can't be received.`)
      }
      const outstanding = (found.items ?? [])
        .map(({ item_id, quantity, received_quantity, damaged_quantity }) => ({
          id: item_id,
          quantity: Number(quantity) - Number(received_quantity ?? 0) - Number(damaged_quantity ?? 0),
        }))
        .filter(({ quantity }) => quantity > 0)
      if (outstanding.length > 0) {
        await orders.receiveReturn({
          return_id: returnId,
          created_by: BY_SHOPEE,
          reference: "return",
          reference_id: returnId,
          items: outstanding,
        })
      }
      const { byUs, before } = await readReceived(container, orderId, returnId)
      await restockReturn(container, returnId, await stockOfReturned(container, orderId, byUs, before))
      await orders.updateReturns([
        { selector: { id: returnId }, data: { metadata: { ...found.metadata, [RESTOCKED_KEY]: true } } },
      ])
    }
    return new StepResponse(returnIds)
  }
)
