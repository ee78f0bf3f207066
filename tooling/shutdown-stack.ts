/** What has to be given back, the last taken first. */
export class ShutdownStack {
  private readonly releases: (() => Promise<void>)[] = []
  private closed = false

  /**
   * Takes something that has to be given back. Also when the end comes while it is still being taken: then the end waits for it.
   *
   * @throws Error once the end has begun, and whatever taking it throws
   */
  async acquire<Thing>(take: () => Promise<Thing>, release: (thing: Thing) => Promise<void>): Promise<Thing> {
    if (this.closed) {
      throw new Error("Everything is being stopped: nothing new is started.")
    }
    const taken = take()
    this.releases.push(async () => {
      const outcome = await taken.then(
        (thing) => ({ thing }),
        () => null // Never taken; whoever asked for it was told.
      )
      if (outcome) {
        await release(outcome.thing)
      }
    })
    return await taken
  }

  /** Gives everything back. One that fails doesn't keep the others; the answers are their errors. */
  async run(): Promise<unknown[]> {
    this.closed = true
    const errors: unknown[] = []
    for (let release = this.releases.pop(); release; release = this.releases.pop()) {
      try {
        await release()
      } catch (error) {
        errors.push(error)
      }
    }
    return errors
  }
}
