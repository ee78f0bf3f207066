import { spawn } from "node:child_process"
import { once } from "node:events"
import { resolve } from "node:path"

const MODULE = resolve(__dirname, "..", "stop-on-signal.ts")

/** A process with a listener that is told to stop once it is up. `medusa` stands for Medusa's own handler of the signal. */
async function stopped(medusa: string): Promise<{ end: number | NodeJS.Signals | null; output: string }> {
  const script = `
    const { stopOnSignal } = require(${JSON.stringify(MODULE)})
    const listener = { close: async () => console.log("closed") }
    stopOnSignal(listener, { logger: { error: console.log }, withinMs: 300 })
    ${medusa}
    setInterval(() => undefined, 1_000)
    console.log("up")`
  const child = spawn(process.execPath, ["--import", "tsx", "--eval", script], { stdio: ["ignore", "pipe", "inherit"] })
  let output = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text
    if (text.includes("up")) {
      child.kill("SIGTERM")
    }
  })
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null]
  return { end: code ?? signal, output }
}

describe("a process that is told to stop", () => {
  it("closes its listener, and ends as Medusa has it", async () => {
    expect(await stopped(`process.on("SIGTERM", () => setTimeout(() => process.exit(0), 50))`)).toEqual({
      end: 0,
      output: "up\nclosed\n",
    })
  })

  it("ends at once when Medusa has no handler yet", async () => {
    expect(await stopped("")).toMatchObject({ end: "SIGTERM" })
  })

  it("ends in time when what Medusa waits for never comes, and says so", async () => {
    expect(await stopped(`process.on("SIGTERM", () => undefined)`)).toEqual({
      end: 1,
      output: expect.stringMatching(/^up\nclosed\n\[operations\] The process could not stop within 0\.3 s .*\n$/),
    })
  })
})
