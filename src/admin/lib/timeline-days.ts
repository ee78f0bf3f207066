/** Entries of one day, in their sequence. */
export interface Day<Entry> {
  day: string
  entries: Entry[]
}

/** Cuts a sequence where its day changes. Pure. */
export function byDay<Entry>(entries: readonly Entry[], dayOf: (entry: Entry) => string): Day<Entry>[] {
  const days: Day<Entry>[] = []
  for (const entry of entries) {
    const day = dayOf(entry)
    const last = days.at(-1)
    if (last?.day === day) {
      last.entries.push(entry)
    } else {
      days.push({ day, entries: [entry] })
    }
  }
  return days
}
