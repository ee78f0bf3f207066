import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, EventPriority, Modules } from "@medusajs/framework/utils"
import { redactSecrets } from "../../shared/redaction"
import { RAW_EVENT_CREATED } from "../types/events"
import { wakeInbox } from "./drain"

/** The bus logs every event that isn't internal: the push has its line in the log already, and at two hundred a second two are felt. */
const HINT_OPTIONS = { internal: true, priority: EventPriority.DEFAULT }

/**
 * Wakes this process and tells the others that pushes were stored. Both are hints: the poll finds what they miss, so neither is waited
 * for, and both wait until the pushes are answered.
 */
export class PushHints {
  private stored: string[] = []

  /** Tells of a stored event in a moment, together with those that were stored with it. */
  tell(container: MedusaContainer, rawEventId: string): void {
    this.stored.push(rawEventId)
    if (this.stored.length === 1) {
      setImmediate(() => this.announce(container))
    }
  }

  private announce(container: MedusaContainer): void {
    const ids = this.stored
    this.stored = []
    wakeInbox(container)
    container
      .resolve(Modules.EVENT_BUS)
      .emit(
        ids.map((id) => ({ name: RAW_EVENT_CREATED, data: { id } })),
        HINT_OPTIONS
      )
      .catch((error: unknown) => {
        const logger = container.resolve(ContainerRegistrationKeys.LOGGER)
        logger.warn(
          `[shopee-webhook] The event bus took no hint; the poll will find the pushes: ${redactSecrets(String(error))}`
        )
      })
  }
}
