import { TokenBucket } from "../token-bucket"

describe("TokenBucket", () => {
  it("lets 20 calls go at once, then one every 100 ms, in the order they came", () => {
    const bucket = new TokenBucket(10, 20, () => 1_000)
    const waits = Array.from({ length: 23 }, () => bucket.reserve())

    expect(waits.slice(0, 20)).toEqual(Array(20).fill(0))
    expect(waits.slice(20)).toEqual([100, 200, 300])
  })

  it("fills again at its rate, and never above the burst", () => {
    let now = 0
    const bucket = new TokenBucket(10, 2, () => now)
    bucket.reserve()
    bucket.reserve()
    now = 100
    expect([bucket.reserve(), bucket.reserve()]).toEqual([0, 100])

    now = 60_000
    expect([bucket.reserve(), bucket.reserve(), bucket.reserve()]).toEqual([0, 0, 100])
  })

  it("makes real callers wait", async () => {
    const bucket = new TokenBucket(20, 1)
    const start = performance.now()
    await Promise.all([bucket.take(), bucket.take(), bucket.take()])

    expect(performance.now() - start).toBeGreaterThanOrEqual(95)
  })
})
