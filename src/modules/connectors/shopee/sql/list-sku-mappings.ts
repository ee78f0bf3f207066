import type { SqlExecutor } from "../../../sql-executor"
import type { ShopeeListing, SkuMapping } from "../types/sku-mapping"

interface MappingRow {
  shop_id: string
  item_id: string
  model_id: string
  variant_id: string
  pieces_per_unit: number
}

/** The mappings of these listings; a listing without one is missing. */
export async function listSkuMappings(sql: SqlExecutor, listings: ShopeeListing[]): Promise<SkuMapping[]> {
  if (listings.length === 0) {
    return []
  }
  const rows = await sql.execute(
    `WITH asked AS (
       SELECT DISTINCT * FROM jsonb_to_recordset(?::jsonb) AS a("shopId" text, "itemId" text, "modelId" text)
     )
     SELECT mapping.shop_id, mapping.item_id, mapping.model_id, mapping.variant_id, mapping.pieces_per_unit
       FROM asked JOIN shopee_sku_mapping mapping
         ON mapping.shop_id = asked."shopId" AND mapping.item_id = asked."itemId" AND mapping.model_id = asked."modelId"
      WHERE mapping.deleted_at IS NULL`,
    [JSON.stringify(listings.map(({ shopId, itemId, modelId }) => ({ shopId, itemId, modelId })))]
  )
  return (rows as MappingRow[]).map((row) => ({
    shopId: row.shop_id,
    itemId: row.item_id,
    modelId: row.model_id,
    variantId: row.variant_id,
    piecesPerUnit: Number(row.pieces_per_unit),
  }))
}
