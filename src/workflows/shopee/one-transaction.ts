import { type EntityManager, FlushMode } from "@medusajs/framework/mikro-orm/core"
import type { Context, MedusaContainer } from "@medusajs/framework/types"
import { MedusaContextType, MessageAggregator, Modules } from "@medusajs/framework/utils"

/** What every module of Medusa's has, and its type leaves out. */
interface ModuleWithRepository {
  baseRepository_: { transaction: (task: (manager: EntityManager) => Promise<void>) => Promise<void> }
}

interface TransactionOptions {
  /** Of the workflow whose step this is: its events wait for its end. Absent: they are emitted at once. */
  eventGroupId?: string | undefined
  /** `AUTO`: before each query, for calls that read what they have written. `COMMIT` unless told otherwise. */
  flush?: FlushMode.COMMIT | FlushMode.AUTO
}

/**
 * Runs calls of one of Medusa's modules in one transaction that is written once, at its end (docs/decisions/0035-one-flush.md). Left to
 * itself MikroORM looks through everything that it has loaded before each of a module's queries, for changes that the query might have to
 * see: most of what a change of many orders takes.
 *
 * For calls that read nothing they have written themselves, unless `flush` says that they do. What they answer is not written yet.
 *
 * @param task every call in it is given the context, and waits for the one before
 * @throws what the task or the database throws; then nothing is written
 */
export async function inOneTransaction(
  container: MedusaContainer,
  module: typeof Modules.ORDER | typeof Modules.FULFILLMENT | typeof Modules.INVENTORY,
  { eventGroupId, flush = FlushMode.COMMIT }: TransactionOptions,
  task: (context: Context) => Promise<void>
): Promise<void> {
  const messageAggregator = new MessageAggregator()
  await container.resolve<ModuleWithRepository>(module).baseRepository_.transaction(async (transactionManager) => {
    transactionManager.setFlushMode(flush)
    // Without its type a step's container takes it for no context, and hands the workflow's own to the module.
    await task({ __type: MedusaContextType, eventGroupId, transactionManager, messageAggregator })
  })
  // The modules' own events: a module emits them when its call ends, and these are known since the transaction has ended.
  const messages = Object.values(messageAggregator.getMessages()).flat()
  if (messages.length > 0) {
    await container.resolve(Modules.EVENT_BUS).emit(messages, { internal: true })
  }
}
