interface Window {
  second: number
  calls: number
}

/** At most so many calls a second and shop. Real seconds: a caller's speed has nothing to do with the sandbox's clock. */
export class RateLimit {
  private readonly windows = new Map<number, Window>()

  /** Undefined: no limit. */
  constructor(public callsPerSecond: number | undefined) {}

  /** Counts a call; false when it is one too many. */
  admit(shopId: number): boolean {
    if (this.callsPerSecond === undefined) return true
    const second = Math.floor(Date.now() / 1000)
    const window = this.windows.get(shopId)
    if (window?.second !== second) {
      this.windows.set(shopId, { second, calls: 1 })
      return this.callsPerSecond >= 1
    }
    window.calls++
    return window.calls <= this.callsPerSecond
  }
}
