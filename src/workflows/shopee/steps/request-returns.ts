import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { ReturnToRequest } from "../../../modules/connectors/shopee/types/order-returns"
import { RETURN_SN_KEY } from "../../../modules/connectors/shopee/types/return-record"
import { readFulfillments } from "../fulfillment-record"
import { readFulfillmentHistory } from "../fulfillment-history"
import { BY_SHOPEE, noteMedusaReturn, readRequestedReturns } from "../return-record"

export interface RequestReturnsInput {
  orderId: string
  shopId: string
  returns: ReturnToRequest[]
}

interface Requested {
  orderId: string
  shopId: string
  returns: { returnId: string; returnSn: string }[]
}

/** The location that most of the order was packed from is where its returns go to. */
async function packedFrom(container: MedusaContainer, orderId: string): Promise<string | null> {
  const history = await readFulfillmentHistory(container, orderId)
  const fulfillments = await readFulfillments(container, [...history.keys()])
  const [first] = [...fulfillments.values()].filter(({ canceledAt }) => !canceledAt)
  return first?.locationId ?? null
}

async function undo(container: MedusaContainer, { orderId, shopId, returns }: Requested): Promise<void> {
  for (const { returnId, returnSn } of [...returns].reverse()) {
    await container
      .resolve(Modules.ORDER)
      .cancelReturn({ order_id: orderId, return_id: returnId, created_by: BY_SHOPEE })
    await noteMedusaReturn(container, { shopId, returnSn, returnId: null })
  }
}

/**
 * Asks for returns: a Medusa return for each of Shopee's, its number with the items, so that it is known from the moment on at which the
 * return exists. One that is there already stays as it is. Works on completed orders as well.
 *
 * Not `beginReturnOrderWorkflow` and what follows it (docs/decisions): four workflows with an open change between them, which a killed run
 * would leave to keep everybody else from the order. The order module does all of it in one transaction.
 *
 * @returns ids of the returns that were made here. Compensation cancels them.
 * @throws MedusaError for more pieces than were fulfilled and are in no return, and when somebody holds an open change of the order
 */
export const requestReturnsStep = createStep(
  "request-shopee-returns",
  async ({ orderId, shopId, returns }: RequestReturnsInput, { container }) => {
    const orders = container.resolve(Modules.ORDER)
    const known = await readRequestedReturns(container, orderId)
    const locationId = await packedFrom(container, orderId)
    const done: Requested = { orderId, shopId, returns: [] }
    try {
      for (const { returnSn, items } of returns.filter((wanted) => !known.has(wanted.returnSn))) {
        if (items.length === 0) {
          throw new MedusaError(
            MedusaError.Types.INVALID_DATA,
            `Return ${returnSn} of order ${orderId} is of no pieces.`
          )
        }
        const { id } = await orders.createReturn({
          order_id: orderId,
          location_id: locationId,
          created_by: BY_SHOPEE,
          description: `Shopee return ${returnSn}`,
          requested_at: new Date(),
          items: items.map(({ lineId, quantity }) => ({
            id: lineId,
            quantity,
            note: `Shopee return ${returnSn}`,
            metadata: { [RETURN_SN_KEY]: returnSn },
          })),
        })
        done.returns.push({ returnId: id, returnSn })
        await orders.updateReturns([{ selector: { id }, data: { metadata: { [RETURN_SN_KEY]: returnSn } } }])
        await noteMedusaReturn(container, { shopId, returnSn, returnId: id })
      }
    } catch (error) {
      await undo(container, done)
      throw error
    }
    return new StepResponse(
      done.returns.map(({ returnId }) => returnId),
      done
    )
  },
  async (done, { container }) => {
    if (done) {
      await undo(container, done)
    }
  }
)
