import { OneAtATime } from "./one-at-a-time"

/** Does work for many with one task: whoever comes while a group is at work is in the next one. One group at a time. */
export class InGroups<Item> {
  private readonly line = new OneAtATime()
  private next: { items: Item[]; done: Promise<void> } | null = null

  /**
   * Waits until the group that the item is in is done.
   *
   * @param work does it for the whole group; the first one's is taken
   * @throws what the work throws: to everybody in the group
   */
  async join(item: Item, work: (items: Item[]) => Promise<void>): Promise<void> {
    this.next ??= this.gather(work)
    this.next.items.push(item)
    await this.next.done
  }

  private gather(work: (items: Item[]) => Promise<void>): { items: Item[]; done: Promise<void> } {
    const items: Item[] = []
    const done = this.line.run(async () => {
      this.next = null
      await work(items)
    })
    return { items, done }
  }
}
