import type { SqlExecutor } from "../../sql-executor"

/** How many copies are for sale, for each of these variants that has copies at all (sold ones included). */
export async function countAvailableCopies(
  executor: SqlExecutor,
  variantIds: string[]
): Promise<{ variant_id: string; available: number }[]> {
  return (await executor.execute(
    `SELECT variant_id, (count(*) FILTER (WHERE status = 'available'))::int AS available
     FROM tcg_serialized_item
     WHERE variant_id = ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb))) AND deleted_at IS NULL
     GROUP BY variant_id`,
    [JSON.stringify(variantIds)]
  )) as { variant_id: string; available: number }[]
}
