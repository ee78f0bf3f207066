import { inLanes, type Lane } from "../in-lanes"

const pause = () => new Promise<void>((done) => setImmediate(done))

/** A backlog of batches, and how many were in hand at once. */
class Backlog {
  running = 0
  mostAtOnce = 0
  done = 0

  constructor(
    private left: number,
    private readonly fails: (batch: number) => boolean = () => false
  ) {}

  readonly lane: Lane = async (openAnother) => {
    while (this.left > 0) {
      this.left -= 1
      const batch = this.left
      if (batch > 0) {
        openAnother()
      }
      this.running += 1
      this.mostAtOnce = Math.max(this.mostAtOnce, this.running)
      await pause()
      this.running -= 1
      if (this.fails(batch)) {
        throw new Error(`batch ${batch}`)
      }
      this.done += 1
    }
  }
}

describe("inLanes", () => {
  it.each([
    { batches: 0, most: 2, atOnce: 0 },
    { batches: 1, most: 2, atOnce: 1 },
    { batches: 2, most: 2, atOnce: 2 },
    { batches: 9, most: 2, atOnce: 2 },
    { batches: 9, most: 3, atOnce: 3 },
    { batches: 9, most: 1, atOnce: 1 },
  ])("works $batches batches off, $atOnce at a time of at most $most", async ({ batches, most, atOnce }) => {
    const backlog = new Backlog(batches)
    await inLanes(most, backlog.lane)
    expect(backlog).toMatchObject({ done: batches, mostAtOnce: atOnce, running: 0 })
  })

  it("tells of a failure when all lanes have ended, and opens none meanwhile", async () => {
    const backlog = new Backlog(9, (batch) => batch === 7)
    await expect(inLanes(2, backlog.lane)).rejects.toThrow("batch 7")
    // The lane beside it went on to the end.
    expect(backlog).toMatchObject({ done: 8, running: 0 })
  })
})
