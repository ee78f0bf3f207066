import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { toOrderImport } from "../mappers/order-import"
import {
  chooseLineVariants,
  findLineVariants,
  type MappableOrder,
  type VariantCandidates,
} from "../mappers/line-variants"
import type { ImportedOrder, OrderImport } from "../types/order-import"
import { IMPORT_SHOPEE_ORDERS_WORKFLOW } from "../types/workflow-ids"
import type ShopeeConnectorService from "../service"
import type { OrderWork } from "./order-work"
import { planOrder } from "./plan-order"

/** What became of an order that Medusa did not have. */
export type Creation = { work: OrderWork; imported: ImportedOrder } | { work: OrderWork; error: unknown }

interface Importable {
  work: OrderWork
  order: OrderImport
}

/** Maps the lines of all new orders together, then imports those that could be mapped, together. */
export async function createOrders(
  container: MedusaContainer,
  service: ShopeeConnectorService,
  works: OrderWork[],
  buyerEmailDomain: string
): Promise<Creation[]> {
  if (works.length === 0) {
    return []
  }
  const candidates = await findLineVariants(container, service, works.map(mappableOrder))
  const creations: Creation[] = []
  const importable: Importable[] = []
  for (const work of works) {
    try {
      importable.push(toImportable(work, candidates, buyerEmailDomain))
    } catch (error) {
      creations.push({ work, error })
    }
  }
  return [...creations, ...(await importTogether(container, importable))]
}

/** The lines that are imported. One of which every piece was cancelled is not, and its SKU holds nothing up. */
function mappableOrder({ claim, order, price }: OrderWork): MappableOrder {
  const imported = new Set(price.lines.flatMap(({ key, quantity }) => (quantity > 0 ? key : [])))
  return { shopId: claim.shopId, lines: order.line_items.filter(({ key }) => imported.has(key)) }
}

/** @throws SkuNotFoundError, AmbiguousSkuError */
function toImportable(read: OrderWork, candidates: VariantCandidates, buyerEmailDomain: string): Importable {
  const variants = chooseLineVariants(candidates, mappableOrder(read), read.order.ordersn)
  const packs = [...variants].filter(([, { piecesPerUnit }]) => piecesPerUnit > 1)
  // Only a pack changes what was planned before its variant was known.
  const work =
    packs.length === 0 ? read : planOrder(read, null, new Map(packs.map(([key, pack]) => [key, pack.piecesPerUnit])))
  const { claim, order, price, steps } = work
  const creation = steps.find((step) => step.kind === "create")
  const imported = toOrderImport({
    syncId: claim.id,
    shopId: claim.shopId,
    order,
    price,
    variants,
    buyerEmailDomain,
    reserve: creation?.reserve ?? true,
    capture: creation?.capture ?? false,
  })
  return { work, order: { ...imported, claimId: claim.claimId } }
}

/** One run for all; when it fails, one run each: the order that made it fail must not hold up the others. */
async function importTogether(container: MedusaContainer, importable: Importable[]): Promise<Creation[]> {
  if (importable.length === 0) {
    return []
  }
  let imported: ImportedOrder[]
  try {
    imported = await runImport(
      container,
      importable.map(({ order }) => order)
    )
  } catch (error) {
    if (importable.length === 1) {
      return importable.map(({ work }) => ({ work, error }))
    }
    const creations: Creation[] = []
    for (const single of importable) {
      creations.push(...(await importTogether(container, [single])))
    }
    return creations
  }
  const bySyncId = new Map(imported.map((order) => [order.syncId, order]))
  return importable.map(({ work }): Creation => {
    const order = bySyncId.get(work.claim.id)
    return order
      ? { work, imported: order }
      : { work, error: new Error(`The import did not answer for order ${work.claim.ordersn}.`) }
  })
}

async function runImport(container: MedusaContainer, orders: OrderImport[]): Promise<ImportedOrder[]> {
  const { result } = await container
    .resolve(Modules.WORKFLOW_ENGINE)
    .run(IMPORT_SHOPEE_ORDERS_WORKFLOW, { input: { orders } })
  return result as ImportedOrder[]
}
