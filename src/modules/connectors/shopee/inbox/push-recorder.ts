import { generateEntityId } from "@medusajs/framework/utils"
import type { IncomingEvent } from "../types/inbox"

/** Pushes that one statement stores. Far below what a statement may hold, and few enough to be stored again one by one. */
const MOST_TOGETHER = 64
/** Statements at a time. With more, pushes that come together would each get a statement of their own. */
const WRITERS = 2

interface Waiting {
  event: IncomingEvent
  resolve(id: string | null): void
  reject(error: unknown): void
}

/**
 * Stores pushes that come in at the same moment with one statement: a group commit. Each push waits for the commit of its own event,
 * and nothing waits for company: what is there when a writer is free goes at once.
 */
export class PushRecorder {
  private waiting: Waiting[] = []
  private writing = 0
  private isScheduled = false

  /** @param record stores events in one statement and answers the ids of those that were new */
  constructor(private readonly record: (events: IncomingEvent[]) => Promise<string[]>) {}

  /**
   * Stores an event, together with those that came with it.
   *
   * @returns its id, or null when it was there already
   * @throws what the database says. An event that can't be stored takes none of the others with it.
   */
  async store(event: IncomingEvent): Promise<string | null> {
    return await new Promise((resolve, reject) => {
      this.waiting.push({ event: { ...event, id: generateEntityId(undefined, "srev") }, resolve, reject })
      this.schedule()
    })
  }

  /** After the sockets that are readable now were read: what they brought goes together. */
  private schedule(): void {
    if (!this.isScheduled && this.writing < WRITERS) {
      this.isScheduled = true
      setImmediate(() => {
        this.isScheduled = false
        this.write(this.waiting.splice(0, MOST_TOGETHER))
      })
    }
  }

  private write(group: Waiting[]): void {
    this.writing += 1
    void this.storeTogether(group).finally(() => {
      this.writing -= 1
      if (this.waiting.length > 0) {
        this.schedule()
      }
    })
  }

  /** Never fails: every waiting one hears how its own event fared. */
  private async storeTogether(group: Waiting[]): Promise<void> {
    try {
      const stored = new Set(await this.record(group.map(({ event }) => event)))
      group.forEach(({ event, resolve }) => resolve(event.id !== undefined && stored.has(event.id) ? event.id : null))
    } catch (error) {
      const [only, ...others] = group
      if (only && others.length === 0) {
        only.reject(error)
        return
      }
      await Promise.all(group.map(async (single) => await this.storeTogether([single])))
    }
  }
}
