import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { SandboxControl } from "../sandbox/control-client"
import { startEmbeddedPostgres } from "../tooling/embedded-postgres"
import type { ShutdownStack } from "../tooling/shutdown-stack"
import { AdminApi } from "./admin-api"
import { startAlertReceiver, type AlertReceiver, type ReceivedAlert } from "./alert-receiver"
import type { ChildProcesses } from "./child-processes"
import { recreateDemoDatabase } from "./demo-database"
import { platformEnvironment, sandboxEnvironment, type DemoSettings } from "./demo-settings"
import type { Steps } from "./steps"

const START_WAIT_MS = 120_000
const POLL_MS = 250

/** Everything that runs once the demo is set up. */
export interface World {
  settings: DemoSettings
  sandbox: SandboxControl
  admin: AdminApi
  alerts: AlertReceiver
}

interface WorldParts {
  settings: DemoSettings
  /** Whether the Admin is built and served. */
  withAdmin: boolean
  steps: Steps
  children: ChildProcesses
  shutdown: ShutdownStack
  onAlert: (alert: ReceivedAlert) => void
}

/**
 * Starts Postgres, the sandbox and the built platform, each a process of its own, logs in and authorises the shop.
 *
 * @throws Error that says which part failed and shows the end of its log
 */
export async function startWorld(parts: WorldParts): Promise<World> {
  const { settings, withAdmin, steps, children, shutdown } = parts
  const { checkout } = settings
  const server = join(checkout, ".medusa", "server")
  const log = (name: string) => join(settings.logFolder, `${name}.log`)

  const databaseUrl = await steps.run("Start Postgres 16 with an empty database", async (note) => {
    const postgres = await shutdown.acquire(
      () => startEmbeddedPostgres({ checkout, mode: "persistent" }),
      (running) => running.stop()
    )
    note(`localhost:${postgres.port}`)
    return recreateDemoDatabase(postgres)
  })
  await shutdown.acquire(
    async () => children,
    (started) => started.stopAll()
  )
  const alerts = await shutdown.acquire(
    () => startAlertReceiver(parts.onAlert),
    (receiver) => receiver.close()
  )
  const environment = platformEnvironment(settings, { databaseUrl, alertUrl: alerts.url, admin: withAdmin })
  const medusa = (name: string, args: string[]) => ({
    name: `medusa ${args[0]}`,
    args: [join(checkout, "node_modules", "@medusajs", "cli", "cli.js"), ...args],
    cwd: server,
    env: environment,
    logFile: log(name),
  })

  await steps.run(`Build the platform${withAdmin ? " and its Admin" : ""}`, async (note) => {
    const args = [join(checkout, "tooling", "run.mjs"), "build", "--if-changed"]
    await children.run({
      name: "the build",
      args: withAdmin ? args : [...args, "--without-admin"],
      cwd: checkout,
      env: { ...process.env, NO_COLOR: "1" },
      logFile: log("build"),
    })
    if ((await readFile(log("build"), "utf8")).trim() === "") {
      note("nothing has changed since the last build")
    }
  })

  await steps.run("Migrate the database", async () => {
    await children.run(medusa("migrate", ["db:migrate", "--execute-safe-links", "--execute-safe-search"]))
  })

  const sandbox = new SandboxControl(settings.sandboxUrl)
  await steps.run("Start the sandbox, a local Shopee Open Platform", async (note) => {
    children.start({
      name: "the sandbox",
      args: ["--import", "tsx", join(checkout, "sandbox", "main.ts")],
      cwd: checkout,
      env: sandboxEnvironment(settings),
      logFile: log("sandbox"),
    })
    await waitFor("the sandbox", () => isSandboxUp(sandbox))
    note(settings.sandboxUrl)
  })

  const admin = new AdminApi(settings.platformUrl)
  await steps.run("Start the platform", async (note) => {
    const address = ["--host", "127.0.0.1", "--port", String(settings.platformPort)]
    children.start({ ...medusa("platform", ["start", ...address]), name: "the platform" })
    await waitFor("the platform", () => admin.isUp())
    note(settings.platformUrl)
  })

  await steps.run("Create the operator's login and authorise the shop with Shopee", async () => {
    const { email, password } = settings.operator
    const code = await sandbox.authorize(settings.shopId)
    await Promise.all([
      children.run(medusa("operator", ["user", "--email", email, "--password", password])),
      children.run(medusa("authorize", ["exec", "./src/scripts/shopee-oauth-bootstrap.js", code])),
    ])
    await admin.login(email, password)
  })

  return { settings, sandbox, admin, alerts }
}

async function isSandboxUp(sandbox: SandboxControl): Promise<boolean> {
  try {
    return (await sandbox.health()).status === "ok"
  } catch {
    return false // Not listening yet.
  }
}

async function waitFor(name: string, isUp: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + START_WAIT_MS
  while (!(await isUp())) {
    if (Date.now() > deadline) {
      throw new Error(`${name} did not answer within ${START_WAIT_MS / 1000} s; its log says more.`)
    }
    await sleep(POLL_MS)
  }
}
