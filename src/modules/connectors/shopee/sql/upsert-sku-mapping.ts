import { generateEntityId } from "@medusajs/framework/utils"
import type { SqlExecutor } from "../../../sql-executor"
import type { SkuMapping } from "../types/sku-mapping"

/** Sets what a listing sells; a listing that had a mapping gets the new one. @returns the mapping's id. */
export async function upsertSkuMapping(
  sql: SqlExecutor,
  { shopId, itemId, modelId, variantId, piecesPerUnit }: SkuMapping,
  createdBy: string | null
): Promise<string> {
  const rows = await sql.execute(
    `INSERT INTO shopee_sku_mapping
            (id, shop_id, item_id, model_id, variant_id, pieces_per_unit, created_by, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, now(), now())
     ON CONFLICT (shop_id, item_id, model_id) DO UPDATE
        SET variant_id = EXCLUDED.variant_id, pieces_per_unit = EXCLUDED.pieces_per_unit,
            created_by = EXCLUDED.created_by, updated_at = now(), deleted_at = NULL
     RETURNING id`,
    [generateEntityId(undefined, "smap"), shopId, itemId, modelId, variantId, piecesPerUnit, createdBy]
  )
  const [row] = rows as { id: string }[]
  if (!row) {
    throw new Error("Postgres did not answer with the mapping it stored.")
  }
  return row.id
}
