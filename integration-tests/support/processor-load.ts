import { cpus } from "node:os"

interface ProcessorTimes {
  busy: number
  idle: number
}

function readTimes(): ProcessorTimes {
  const times = { busy: 0, idle: 0 }
  for (const { times: core } of cpus()) {
    times.busy += core.user + core.sys + core.nice + core.irq
    times.idle += core.idle
  }
  return times
}

/** Does some work and says which share of this machine's processors was busy meanwhile, whoever kept them so: 0 to 1. */
export async function whileWatchingProcessors<Result>(
  work: () => Promise<Result>
): Promise<{ result: Result; busyShare: number }> {
  const before = readTimes()
  const result = await work()
  const after = readTimes()
  const busy = after.busy - before.busy
  return { result, busyShare: busy / (busy + after.idle - before.idle) }
}
