import { LEASE_MS, whileHoldingLease } from "../lease"

/** Counts renewals; the clock is Jest's. */
const holder = (answer: () => Promise<number> = async () => 1) => {
  const renewClaims = jest.fn((_: { claimId: string; leaseMs: number }) => answer())
  return { renewClaims }
}

const taking = (ms: number) => () => new Promise<string>((done) => setTimeout(() => done("done"), ms))
const nobody = () => {
  throw new Error("no renewal was to fail")
}

describe("whileHoldingLease", () => {
  beforeEach(() => void jest.useFakeTimers())
  afterEach(() => void jest.useRealTimers())

  it("renews a lease of 30 s every 10 s, as long as the task runs and no longer", async () => {
    const lease = holder()
    const work = whileHoldingLease(lease, "c1", taking(35_000), nobody)
    await jest.advanceTimersByTimeAsync(9_999)
    expect(lease.renewClaims).not.toHaveBeenCalled()
    await jest.advanceTimersByTimeAsync(25_001)

    expect(await work).toBe("done")
    expect(lease.renewClaims.mock.calls).toEqual([1, 2, 3].map(() => [{ claimId: "c1", leaseMs: 30_000 }]))
    await jest.advanceTimersByTimeAsync(60_000)
    expect(lease.renewClaims).toHaveBeenCalledTimes(3)
    expect(jest.getTimerCount()).toBe(0)
  })

  it("a renewal that fails is told, and the task goes on", async () => {
    const lease = holder(() => Promise.reject(new Error("the database is away")))
    const failures: unknown[] = []
    const work = whileHoldingLease(lease, "c1", taking(25_000), (error) => failures.push(error))
    await jest.advanceTimersByTimeAsync(25_000)

    expect(await work).toBe("done")
    expect(failures.map(String)).toEqual(["Error: the database is away", "Error: the database is away"])
  })

  it("ends with the task that fails", async () => {
    const lease = holder()
    const failure = () => Promise.reject(new Error("the task failed"))

    await expect(whileHoldingLease(lease, "c1", failure, nobody)).rejects.toThrow("the task failed")
    await jest.advanceTimersByTimeAsync(LEASE_MS)
    expect(lease.renewClaims).not.toHaveBeenCalled()
  })
})
