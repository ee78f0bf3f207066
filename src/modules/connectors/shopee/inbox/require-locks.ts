import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** A Redis that works answers within a millisecond or two. */
const PATIENCE_S = 2

/** Medusa's locks can't be had: its Redis is away. */
export class LocksUnavailableError extends Error {
  override readonly name = "LocksUnavailableError"

  constructor(cause: unknown) {
    super("Medusa's locks can't be had, so orders wait. Is Redis there, and does it answer at REDIS_URL?", { cause })
  }
}

/**
 * Takes a lock that nobody else wants and gives it back. Orders change stock, and stock is counted under Medusa's locks: without them an
 * order would fail halfway through its workflow, be taken back and be told to a person, once for each order and attempt.
 *
 * @throws LocksUnavailableError when that takes longer than 2 s
 */
export async function requireLocks(container: MedusaContainer): Promise<void> {
  try {
    await container
      .resolve(Modules.LOCKING)
      .execute(`shopee-inbox:${randomUUID()}`, async () => undefined, { timeout: PATIENCE_S })
  } catch (error) {
    throw new LocksUnavailableError(error)
  }
}
