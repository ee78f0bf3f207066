import { setFlagsFromString } from "node:v8"

/**
 * What V8's garbage collector is told, for a server that must answer at any time on few processors. Why, and what it brings:
 * docs/decisions/0038-a-collector-that-keeps-out-of-the-way.md.
 *
 * - Every new object is put among the young ones. V8 makes old at once what comes from a place of code whose objects lived long before.
 *   One such place is where Node makes lists of event listeners: those of a starting server stay for good, so that the list of
 *   each later request was made old, and kept its request, answer and body from the quick collection.
 * - All garbage is collected when two fifths of what was alive have come on top. V8 by itself waits until it is as much again or more, and
 *   holds the memory.
 *
 * How many threads help is said before the process starts: `tooling/collector-threads.ts`.
 */
export const COLLECTOR_FLAGS = ["--no-allocation-site-pretenuring", "--heap-growing-percent=40"]

/** Sets `COLLECTOR_FLAGS`. Early in a process: what V8 has decided by then stays decided. */
export function tuneCollector(): void {
  COLLECTOR_FLAGS.forEach((flag) => setFlagsFromString(flag))
}
