import { spawn, type ChildProcess } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import { join } from "node:path"
import { orderOf } from "./world"
import { SandboxControl } from "../control-client"

const ROOT = join(__dirname, "..", "..")

describe("the sandbox as a command", () => {
  it("prints where it is and how to talk to it, works, and stops cleanly on SIGTERM", async () => {
    const child = run([], { SANDBOX_PORT: "0", SHOPEE_PARTNER_KEY: "not-to-be-printed" })
    const text = await textUntil(child, "Ctrl-C")
    const url = /API\s+(http:\/\/127\.0\.0\.1:\d+)\/api\/v2/.exec(text)?.[1] ?? ""
    expect(text).toContain(`SHOPEE_API_BASE_URL=${url}/api/v2`)
    expect(text.match(/^ {2}curl /gm)).toHaveLength(3)
    expect(text).not.toContain("not-to-be-printed")
    const control = new SandboxControl(url)
    await control.createOrder(orderOf())
    expect(await control.health()).toMatchObject({
      orders: 1,
      callback_url: "http://127.0.0.1:9000/connectors/shopee/webhook",
    })
    const ended = once(child, "exit")
    child.kill("SIGTERM")
    expect(await ended).toEqual([0, null])
  })

  it("explains itself with --help", async () => {
    const { code, output } = await finished(run(["--help"], {}))
    expect(code).toBe(0)
    expect(output).toContain("SHOPEE_PUSH_PARTNER_KEY")
  })

  it.each<[string, string[], Record<string, string>, string]>([
    ["an argument", ["start"], {}, 'unknown argument "start"'],
    ["a port that is no number", [], { SANDBOX_PORT: "high" }, "SANDBOX_PORT must be a whole number"],
    ["pushes to another machine", [], { SHOPEE_WEBHOOK_URL: "https://shop.example.com/hook" }, "this machine only"],
  ])("refuses %s in one line and exits with 1", async (_, args, environment, message) => {
    const { code, output } = await finished(run(args, environment))
    expect(code).toBe(1)
    expect(output).toContain(message)
    expect(output.trim().split("\n")).toHaveLength(1)
  })

  it("says which port is taken", async () => {
    const holder = createServer().listen(0, "127.0.0.1")
    await once(holder, "listening")
    const address = holder.address()
    const port = address !== null && typeof address === "object" ? String(address.port) : ""
    const { code, output } = await finished(run([], { SANDBOX_PORT: port }))
    holder.close()
    expect(code).toBe(1)
    expect(output.trim()).toMatch(new RegExp(`^sandbox: port ${port} is in use.*$`))
  })
})

function run(args: string[], environment: Record<string, string>): ChildProcess {
  const { PATH, HOME } = process.env
  return spawn(process.execPath, ["--import", "tsx", "sandbox/main.ts", ...args], {
    cwd: ROOT,
    env: { PATH, HOME, SANDBOX_PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  })
}

async function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ""
  child.stdout?.on("data", (chunk) => (output += String(chunk)))
  child.stderr?.on("data", (chunk) => (output += String(chunk)))
  const [code] = await once(child, "close")
  return { code: typeof code === "number" ? code : null, output }
}

/** What the command has printed once it has printed `end`. Its output stays open: closing it would break its last words. */
function textUntil(child: ChildProcess, end: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ""
    child.stdout?.on("data", (chunk) => {
      text += String(chunk)
      if (text.includes(end)) resolve(text)
    })
    child.once("exit", (code) => reject(new Error(`ended with ${code} after: ${text}`)))
  })
}
