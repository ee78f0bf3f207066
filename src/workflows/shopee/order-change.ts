import type { CreateOrderChangeDTO, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { inOneTransaction } from "./one-transaction"

const AUTHOR = "shopee"

type OrderChange = Omit<CreateOrderChangeDTO, "created_by" | "requested_by">

/** What a killed run of ours left open; changes of returns have a way of their own and are left alone. */
async function abandonOpenChanges(container: MedusaContainer, orderIds: string[]): Promise<void> {
  const orders = container.resolve(Modules.ORDER)
  const open = await orders.listOrderChanges({
    order_id: orderIds,
    status: ["pending", "requested"],
    requested_by: AUTHOR,
  })
  const ours = open.filter(({ change_type }) => !change_type || change_type === "edit").map(({ id }) => id)
  if (ours.length > 0) {
    await orders.deleteOrderChanges(ours)
  }
}

/** Medusa's module takes many changes at once, only its type leaves it out. */
interface OrderChanges {
  createOrderChange(changes: CreateOrderChangeDTO[]): Promise<{ id: string; order_id: string }[]>
}

/** One order is left to Medusa alone; many are written at once. */
async function confirm(container: MedusaContainer, changeIds: string[], eventGroupId?: string): Promise<void> {
  const orders = container.resolve(Modules.ORDER)
  const confirmations = changeIds.map((id) => ({ id, confirmed_by: AUTHOR }))
  if (confirmations.length === 1) {
    await orders.confirmOrderChange(confirmations)
    return
  }
  await inOneTransaction(container, Modules.ORDER, { eventGroupId }, async (context) => {
    await orders.confirmOrderChange(confirmations, context)
  })
}

/**
 * Changes orders, each as one new version of it; all of them or none. An open change would keep everybody else from changing the order: those
 * of a run that fails are taken away, and so are those that a killed run left open.
 *
 * @param changes at most one for an order
 * @param eventGroupId of the workflow whose step this is
 * @returns the changes' ids, in the sequence of the input
 * @throws what Medusa throws when somebody else holds an open change of an order, or an action can't be done
 */
export async function applyOrderChanges(
  container: MedusaContainer,
  changes: OrderChange[],
  eventGroupId?: string
): Promise<string[]> {
  if (changes.length === 0) {
    return []
  }
  const orders = container.resolve(Modules.ORDER)
  await abandonOpenChanges(
    container,
    changes.map(({ order_id }) => order_id)
  )
  const created = await container
    .resolve<OrderChanges>(Modules.ORDER)
    .createOrderChange(changes.map((change) => ({ ...change, created_by: AUTHOR, requested_by: AUTHOR })))
  try {
    await confirm(
      container,
      created.map(({ id }) => id),
      eventGroupId
    )
  } catch (error) {
    await orders.deleteOrderChanges(created.map(({ id }) => id))
    throw error
  }
  const byOrder = new Map(created.map(({ id, order_id }) => [order_id, id]))
  return changes.map(({ order_id }) => byOrder.get(order_id) ?? "")
}

/** The same for one order. @returns the change's id */
export async function applyOrderChange(container: MedusaContainer, change: OrderChange): Promise<string> {
  const [id = ""] = await applyOrderChanges(container, [change])
  return id
}
