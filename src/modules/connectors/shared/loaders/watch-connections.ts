import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { type ConnectionPool, endSilentConnections } from "../database/end-silent-connections"
import { type KnexLogger, leaveStatementsOut } from "../database/leave-statements-out"

/** What is used of knex's client. */
interface DatabaseClient {
  pool?: ConnectionPool
  logger?: KnexLogger
}

/** The inbox goes on within twice this. The longest of our statements take a second. */
const SILENT_MS = 30_000

/** A process may load the module again on the same pool; it is watched once. */
const watched = new WeakSet<ConnectionPool>()

/**
 * Watches the pool that all modules share. Medusa hands `pg` neither a query timeout nor a pool's callback, and a query timeout
 * of `pg` would leave the dead connection in the pool.
 */
export default async function watchConnections({ container, logger }: LoaderOptions): Promise<void> {
  const knex = container.resolve<{ client?: DatabaseClient } | undefined>(ContainerRegistrationKeys.PG_CONNECTION, {
    allowUnregistered: true,
  })
  const { pool, logger: knexLogger } = knex?.client ?? {}
  if (pool && !watched.has(pool)) {
    watched.add(pool)
    if (knexLogger) {
      leaveStatementsOut(knexLogger, (message) => logger?.warn(`[database] ${message}`))
    }
    endSilentConnections(pool, {
      silentMs: SILENT_MS,
      onSilence: (message) => logger?.warn(`[database] ${message}`),
    })
  }
}
