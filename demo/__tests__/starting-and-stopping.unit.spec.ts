import { EventEmitter } from "node:events"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ChildFailedError, ChildProcesses, lastLines } from "../child-processes"
import { Interruption, interruptionOf } from "../interruption"
import { ShutdownStack } from "../shutdown-stack"

describe("the shutdown stack", () => {
  it("gives back the last taken first, also after one that fails", async () => {
    const stack = new ShutdownStack()
    const given: string[] = []
    for (const name of ["a", "b", "c"]) {
      await stack.acquire(
        async () => name,
        async (thing) => {
          given.push(thing)
          if (thing === "b") {
            throw new Error("b is stuck")
          }
        }
      )
    }
    expect((await stack.run()).map(String)).toEqual(["Error: b is stuck"])
    expect(given).toEqual(["c", "b", "a"])
  })

  it("waits for what is still being taken, and gives it back", async () => {
    const stack = new ShutdownStack()
    let finish = (_: string): void => undefined
    const given: string[] = []
    const taking = stack.acquire(
      () => new Promise<string>((resolve) => (finish = resolve)),
      async (thing) => void given.push(thing)
    )
    const ending = stack.run()
    finish("late")
    await Promise.all([taking, ending])
    expect(given).toEqual(["late"])
  })

  it("lets nothing be taken once the end has begun", async () => {
    const stack = new ShutdownStack()
    await stack.run()
    await expect(
      stack.acquire(
        async () => 1,
        async () => undefined
      )
    ).rejects.toThrow("stopping")
  })
})

describe("an interruption", () => {
  it("is the first signal; echoes of it don't count, a later one is impatience", async () => {
    jest.useFakeTimers()
    const host = new EventEmitter()
    let impatient = 0
    const interruption = interruptionOf(host, () => impatient++)
    host.emit("SIGINT", "SIGINT")
    host.emit("SIGINT", "SIGINT")
    await expect(interruption).rejects.toThrow(Interruption)
    expect(impatient).toBe(0)
    jest.advanceTimersByTime(2_000)
    host.emit("SIGTERM", "SIGTERM")
    expect(impatient).toBe(1)
    jest.useRealTimers()
  })
})

describe("a child process", () => {
  let folder = ""
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "tcg-demo-"))
  })
  afterEach(() => rm(folder, { recursive: true }))

  const spec = (script: string) => ({
    name: "the child",
    args: ["-e", script],
    cwd: folder,
    env: process.env,
    logFile: join(folder, "logs", "child.log"),
  })

  it("that runs to its end leaves its words in its log", async () => {
    await new ChildProcesses().run(spec(`console.log("out"); console.error("err")`))
    expect(await readFile(join(folder, "logs", "child.log"), "utf8")).toBe("out\nerr\n")
  })

  it("that fails is reported with its exit code and the end of its log", async () => {
    const script = `for (let i = 1; i <= 30; i++) console.log("line " + i); process.exitCode = 3`
    const error = await new ChildProcesses().run(spec(script)).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ChildFailedError)
    expect(String(error)).toContain("The child ended with exit code 3.")
    expect(String(error)).toContain("│ line 30")
    expect(String(error)).not.toContain("│ line 10\n")
  })

  it("that serves and dies early rejects `death`; one that is stopped doesn't", async () => {
    const dying = new ChildProcesses()
    dying.start(spec(`console.log("no port"); process.exit(1)`))
    await expect(dying.death).rejects.toThrow("│ no port")

    const stopped = new ChildProcesses()
    let died = false
    stopped.death.catch(() => (died = true))
    stopped.start(spec(`setInterval(() => undefined, 1000)`))
    await stopped.stopAll()
    expect(died).toBe(false)
    expect(() => stopped.start(spec(""))).toThrow(ChildFailedError)
  })

  it("that can't be run at all is reported too", async () => {
    const missing = { ...spec(""), cwd: join(folder, "nowhere") }
    await expect(new ChildProcesses().run(missing)).rejects.toThrow("exit code 127")
  })
})

describe("lastLines", () => {
  it("takes the end of a log, without colours and blanks", () => {
    expect(lastLines("a\n\u001b[31mb\u001b[39m  \nc\n\n", 2)).toEqual(["  │ b", "  │ c"])
  })
})
