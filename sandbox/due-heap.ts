interface Entry<T> {
  dueAt: number
  sequence: number
  value: T
}

/** A binary min-heap by due time; entries due at the same time leave in the order in which they came. */
export class DueHeap<T> {
  private entries: Entry<T>[] = []
  private sequence = 0

  /** The earliest due time, or undefined when the heap is empty. */
  peek(): number | undefined {
    return this.entries[0]?.dueAt
  }

  push(dueAt: number, value: T): void {
    const entry = { dueAt, value, sequence: this.sequence++ }
    let index = this.entries.length
    this.entries.push(entry)
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = this.entries[parentIndex]
      if (!parent || !isBefore(entry, parent)) break
      this.entries[index] = parent
      index = parentIndex
    }
    this.entries[index] = entry
  }

  pop(): { dueAt: number; value: T } | undefined {
    const first = this.entries[0]
    const last = this.entries.pop()
    if (!first || !last || this.entries.length === 0) return first
    let index = 0
    for (;;) {
      const childIndex = this.earlierChild(index)
      const child = this.entries[childIndex]
      if (!child || !isBefore(child, last)) break
      this.entries[index] = child
      index = childIndex
    }
    this.entries[index] = last
    return first
  }

  clear(): void {
    this.entries = []
  }

  private earlierChild(index: number): number {
    const left = this.entries[2 * index + 1]
    const right = this.entries[2 * index + 2]
    return left && right && isBefore(right, left) ? 2 * index + 2 : 2 * index + 1
  }
}

function isBefore<T>(a: Entry<T>, b: Entry<T>): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.sequence < b.sequence)
}
