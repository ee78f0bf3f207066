import type { LostPush } from "../control/reports"

const PAGE_SIZE = 100
const KEPT_SECONDS = 3 * 86_400

/** Pushes that could not be delivered, kept for three days or until their receiver confirms that it has read them. */
export class LostPushes {
  private waiting: LostPush[] = []
  private lastId = 0

  /** `timestamp` is the moment of loss in epoch seconds. */
  add(push: Omit<LostPush, "id">): void {
    this.waiting.push({ id: ++this.lastId, ...push })
  }

  /** The earliest hundred, and whether there are more. */
  page(nowSeconds: number): { messages: LostPush[]; hasNextPage: boolean; lastMessageId: number } {
    this.forget(nowSeconds)
    const messages = this.waiting.slice(0, PAGE_SIZE)
    return {
      messages,
      hasNextPage: this.waiting.length > PAGE_SIZE,
      lastMessageId: messages.at(-1)?.id ?? 0,
    }
  }

  /** Everything up to this id has been read. False when no such id was ever given out. */
  confirmUpTo(id: number): boolean {
    if (id > this.lastId) return false
    this.waiting = this.waiting.filter((push) => push.id > id)
    return true
  }

  all(nowSeconds: number): LostPush[] {
    this.forget(nowSeconds)
    return this.waiting
  }

  clear(): void {
    this.waiting = []
  }

  private forget(nowSeconds: number): void {
    if (this.waiting[0] && this.waiting[0].timestamp < nowSeconds - KEPT_SECONDS) {
      this.waiting = this.waiting.filter((push) => push.timestamp >= nowSeconds - KEPT_SECONDS)
    }
  }
}
