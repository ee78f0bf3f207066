import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/knex"

/**
 * What a statement of this room needs: MikroORM's `execute` with `?` placeholders. A statement runs on whatever manager it
 * is handed, so it takes part in the caller's transaction.
 */
export interface SqlExecutor {
  execute(sql: string, params?: unknown[]): Promise<unknown>
}

/** The executor of a service method that was decorated with `@InjectManager()` or `@InjectTransactionManager()`. */
export function executorOf(context: Context): SqlExecutor {
  const manager = (context.transactionManager ?? context.manager) as EntityManager | undefined
  if (!manager) {
    throw new Error("The statement was called outside a service method with an injected manager.")
  }
  return manager
}
