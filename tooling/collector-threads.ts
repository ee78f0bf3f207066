import { availableParallelism } from "node:os"

/** As many as Node starts by itself, however many processors there are. */
const MOST_THREADS = 4
const FLAG = "--v8-pool-size"

/**
 * `NODE_OPTIONS` for a server that must answer at any time: V8's helpers leave a processor to the thread that answers. Node starts four
 * of them on any machine; on two processors they take three fifths of the time from it while they look for garbage. Only a start can say how
 * many: docs/decisions/0038-a-collector-that-keeps-out-of-the-way.md.
 *
 * @param nodeOptions what is set already; a number of threads that somebody chose stays
 */
export function fewCollectorThreads(nodeOptions = "", processors = availableParallelism()): string {
  if (nodeOptions.includes(FLAG)) {
    return nodeOptions
  }
  const threads = Math.min(Math.max(processors - 1, 1), MOST_THREADS)
  return `${nodeOptions} ${FLAG}=${threads}`.trim()
}
