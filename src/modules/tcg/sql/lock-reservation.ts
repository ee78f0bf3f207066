import type { SqlExecutor } from "../../sql-executor"

/**
 * Lets one transaction at a time reserve a variant's copy for `reservedFor`, until it ends.
 *
 * A statement of its own: what waited for the lock must look for the held copy with a snapshot taken after it, or it sees
 * the state from before the other's commit.
 */
export async function lockReservation(executor: SqlExecutor, variantId: string, reservedFor: string): Promise<void> {
  await executor.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [
    JSON.stringify(["tcg_serialized_item", variantId, reservedFor]),
  ])
}
