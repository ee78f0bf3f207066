import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"
import { CONNECTOR_SHARED_MODULE } from "../../modules/connectors/shared"
import { RunningJobs } from "../../modules/connectors/shared/jobs/running-jobs"
import { type IntervalJob, JobClock } from "../job-clock"

const INTERVAL_MS = 1_000

describe("the clock of a worker's jobs", () => {
  const runningJobs = new RunningJobs()
  const warnings: string[] = []
  const container = createMedusaContainer()
  const runs = jest.fn<Promise<void>, []>()
  const job: IntervalJob = { default: () => runs(), config: { name: "a-job", schedule: { interval: INTERVAL_MS } } }
  const clock = new JobClock({ container, logger: { warn: (line: string) => warnings.push(line) }, jobs: [job] })

  beforeAll(() => {
    jest.useFakeTimers()
    clock.start()
  })

  beforeEach(() => {
    runs.mockReset().mockResolvedValue(undefined)
    warnings.length = 0
  })

  afterAll(() => {
    clock.stop()
    jest.useRealTimers()
  })

  const pass = async (intervals: number) => await jest.advanceTimersByTimeAsync(intervals * INTERVAL_MS)

  it("doesn't beat before the application has started", async () => {
    await pass(3)
    container.register({ [CONNECTOR_SHARED_MODULE]: asValue({ runningJobs }) })
    await pass(3)

    expect(runs).not.toHaveBeenCalled()
  })

  it("runs a job at its interval", async () => {
    runningJobs.open()
    await pass(3)

    expect(runs).toHaveBeenCalledTimes(3)
  })

  it("leaves a job alone that is still at its last run", async () => {
    let end: () => void = () => undefined
    runs.mockReturnValueOnce(new Promise((resolve) => (end = resolve)))
    await pass(3)
    expect(runs).toHaveBeenCalledTimes(1)

    end()
    await pass(2)

    expect(runs).toHaveBeenCalledTimes(3)
  })

  it("runs a job again that failed, and says why it did", async () => {
    runs.mockRejectedValueOnce(new Error("the database is away"))
    await pass(2)

    expect(runs).toHaveBeenCalledTimes(2)
    expect(warnings).toEqual(["[job-clock] a-job failed and runs again: Error: the database is away"])
  })

  it("beats no more once the process stops", async () => {
    await runningJobs.stop(new Error("stop"))
    await pass(3)

    expect(runs).not.toHaveBeenCalled()
  })
})
