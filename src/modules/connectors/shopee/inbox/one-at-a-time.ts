/** Runs tasks one after the other, in the sequence in which they came. A task that fails fails alone. */
export class OneAtATime {
  private last: Promise<unknown> = Promise.resolve()

  /** @throws what the task throws */
  async run<Result>(task: () => Promise<Result>): Promise<Result> {
    const mine = this.last.then(task)
    this.last = mine.catch(() => undefined)
    return await mine
  }
}
