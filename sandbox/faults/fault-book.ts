import type { ActiveFault, ApiFault, Fault, PushFault } from "../control/fault"

interface Entry {
  id: string
  fault: Fault
  seen: number
  applied: number
}

/** The faults in place. The first one that matches and is not used up is applied. */
export class FaultBook {
  private entries: Entry[] = []
  private nextId = 1

  add(fault: Fault): string {
    const id = `fault_${this.nextId++}`
    this.entries.push({ id, fault, seen: 0, applied: 0 })
    return id
  }

  /** The fault for an API call; `path` is without /api/v2. */
  takeForApi(path: string, orderSns: string[]): ApiFault | undefined {
    const fault = this.take(
      (candidate) =>
        isApiFault(candidate) &&
        (candidate.endpoint === "*" || path.endsWith(candidate.endpoint)) &&
        (candidate.ordersn === undefined || orderSns.includes(candidate.ordersn))
    )
    return fault && isApiFault(fault) ? fault : undefined
  }

  /** The fault for a push. */
  takeForPush(code: number, orderSn: string | undefined): PushFault | undefined {
    const fault = this.take(
      (candidate) =>
        isPushFault(candidate) &&
        (candidate.code === undefined || candidate.code === code) &&
        (candidate.ordersn === undefined || candidate.ordersn === orderSn)
    )
    return fault && isPushFault(fault) ? fault : undefined
  }

  list(): ActiveFault[] {
    return this.entries.map(({ id, fault, applied }) => ({ ...fault, id, applied }))
  }

  /** Removes one fault; false when there is none with this id. */
  remove(id: string): boolean {
    const before = this.entries.length
    this.entries = this.entries.filter((entry) => entry.id !== id)
    return this.entries.length < before
  }

  clear(): void {
    this.entries = []
  }

  private take(matches: (fault: Fault) => boolean): Fault | undefined {
    for (const entry of this.entries) {
      if (entry.applied >= (entry.fault.times ?? Infinity) || !matches(entry.fault)) continue
      entry.seen++
      if (entry.seen <= (entry.fault.skip ?? 0)) continue
      entry.applied++
      return entry.fault
    }
    return undefined
  }
}

function isPushFault(fault: Fault): fault is PushFault {
  return fault.endpoint === "push"
}

function isApiFault(fault: Fault): fault is ApiFault {
  return fault.endpoint !== "push"
}
