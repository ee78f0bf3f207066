import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { ChildFailedError, ChildProcesses, lastLines } from "../child-processes"

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
