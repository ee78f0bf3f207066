import { MAX_LIST_WINDOW_SECONDS } from "./shopee-client"
import { splitIntoWindows, type Window } from "./windows"

/** A list could not be read to its end: what was read of it proves nothing. */
export class IncompleteListError extends Error {
  override readonly name = "IncompleteListError"
}

/** One page of a list: its entries by the number that names them, and the cursor of the next page (null = there is none). */
export interface ListPage<Entry> {
  entries: readonly (readonly [key: string, entry: Entry])[]
  next: string | null
}

/** Reads a page of a window; the first one has the cursor "". */
export type PageReader<Entry> = (window: Window, cursor: string) => Promise<ListPage<Entry>>

/** Lists move while they are read; one that has not come to rest by then is not going to. */
const MOST_PASSES = 6
/** Shopee's longest window, less a second for the rounding to whole seconds. */
const LONGEST_WINDOW_MS = (MAX_LIST_WINDOW_SECONDS - 1) * 1_000
const WINDOW_OVERLAP_MS = 60_000

/**
 * Reads all that a list of Shopee's has for a range of any length, in windows of at most 15 days that overlap.
 *
 * @param list what is read, as it stands in an error: "orders"
 * @throws IncompleteListError when the list can't be read to its end, what `readPage` throws, and the signal's reason
 */
export async function readWindows<Entry>(
  list: string,
  range: Window,
  readPage: PageReader<Entry>,
  signal?: AbortSignal
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (const window of splitIntoWindows(range, { longestMs: LONGEST_WINDOW_MS, overlapMs: WINDOW_OVERLAP_MS })) {
    for (const [key, entry] of await readWindow(list, window, readPage, signal)) {
      entries.set(key, entry)
    }
  }
  return entries
}

/**
 * A page is an offset into a list that is newest first: an order that is changed while the list is read leaves the window, everything
 * behind it moves up by one, and whatever comes to lie on a page that was read already is skipped. A list of several pages is therefore
 * read until a pass finds nothing new.
 */
async function readWindow<Entry>(
  list: string,
  window: Window,
  readPage: PageReader<Entry>,
  signal: AbortSignal | undefined
): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
    const before = entries.size
    const pages = await readPass(list, window, readPage, entries, signal)
    if (pages === 1 || (pass > 1 && entries.size === before)) {
      return entries
    }
  }
  throw new IncompleteListError(
    `Shopee's list of ${list} from ${window.from.toISOString()} to ${window.to.toISOString()} had new entries each of the ` +
      `${MOST_PASSES} times that it was read.`
  )
}

/** Adds what one reading of the list names. @returns how many pages it had */
async function readPass<Entry>(
  list: string,
  window: Window,
  readPage: PageReader<Entry>,
  entries: Map<string, Entry>,
  signal: AbortSignal | undefined
): Promise<number> {
  const cursors = new Set([""])
  let cursor = ""
  for (;;) {
    signal?.throwIfAborted()
    const page = await readPage(window, cursor)
    page.entries.forEach(([key, entry]) => entries.set(key, entry))
    if (page.next === null) {
      return cursors.size
    }
    if (cursors.has(page.next)) {
      throw new IncompleteListError(`Shopee's list of ${list} goes round in circles: cursor ${page.next} came twice.`)
    }
    cursors.add(page.next)
    cursor = page.next
  }
}
