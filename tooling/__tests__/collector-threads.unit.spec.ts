import { execFileSync } from "node:child_process"
import { fewCollectorThreads } from "../collector-threads"

describe("the collector's threads", () => {
  it.each([
    [1, 1],
    [2, 1],
    [4, 3],
    [32, 4],
  ])("on %i processors there are %i: one processor is left to the thread that answers", (processors, threads) => {
    expect(fewCollectorThreads("", processors)).toBe(`--v8-pool-size=${threads}`)
  })

  it("come on top of what NODE_OPTIONS says, and leave a number that is there", () => {
    expect(fewCollectorThreads("--max-old-space-size=512", 2)).toBe("--max-old-space-size=512 --v8-pool-size=1")
    expect(fewCollectorThreads("--v8-pool-size=2", 8)).toBe("--v8-pool-size=2")
  })

  it("are a setting that Node takes from NODE_OPTIONS", () => {
    const evaluated = (NODE_OPTIONS: string) =>
      execFileSync(process.execPath, ["--eval", "console.log(1)"], {
        env: { NODE_OPTIONS },
        encoding: "utf8",
        stdio: "pipe",
      })
    expect(evaluated(fewCollectorThreads())).toBe("1\n")
    expect(() => evaluated("--no-such-option")).toThrow("not allowed in NODE_OPTIONS")
  })
})
