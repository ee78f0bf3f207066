/**
 * Imports the alert workflow into a real n8n and sends it alerts: `tsx integration-tests/operations/check-n8n.ts <folder>`, where
 * `npm install n8n@1.123.81` was run in the folder. Telegram is a server on this machine, n8n's data lie in a temporary folder.
 *
 * Prints one line for each thing that was checked; exit code 1 when one of them is not so.
 */
import { existsSync } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { ErrorClass } from "../../src/modules/connectors/shared/types/enums"
import { findFreePort } from "../../tooling/free-port"
import { answers, ChildProgram, machineEnvironment, runToEnd } from "../support/child-program"
import { eventually } from "../support/eventually"
import { ALERT_WORKFLOW_FILE, formatAlert, nodeOfType, readAlertWorkflow } from "./alert-workflow"
import { startTelegramStandIn } from "./telegram-stand-in"

const BOT_TOKEN = "1000000001:stand-in"
const CHAT_ID = "-1001234567890"

interface Check {
  what: string
  isSo: boolean
  seen: string
}

async function main(): Promise<void> {
  const folder = process.argv[2]
  const n8n = resolve(folder ?? "", "node_modules", "n8n", "bin", "n8n")
  if (!folder || !existsSync(n8n)) {
    throw new Error(
      "Give the folder that n8n is installed in, for example: " +
        "mkdir /tmp/n8n && (cd /tmp/n8n && npm install n8n@1.123.81) && npm run check:n8n -- /tmp/n8n"
    )
  }
  const home = await mkdtemp(join(tmpdir(), "n8n-check-"))
  const telegram = await startTelegramStandIn(BOT_TOKEN)
  const port = await findFreePort()
  const env = {
    ...machineEnvironment(),
    NODE_ENV: "production",
    N8N_USER_FOLDER: home,
    N8N_PORT: String(port),
    N8N_LISTEN_ADDRESS: "127.0.0.1",
    N8N_RUNNERS_BROKER_PORT: String(await findFreePort()),
    N8N_RUNNERS_ENABLED: "true",
    N8N_DIAGNOSTICS_ENABLED: "false",
    N8N_VERSION_NOTIFICATIONS_ENABLED: "false",
    N8N_PERSONALIZATION_ENABLED: "false",
    N8N_TEMPLATES_ENABLED: "false",
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: "false",
    // Its engine for expressions needs isolated-vm, whose version here doesn't load in Node 20.
    ...(process.versions.node.startsWith("20.") ? { N8N_EXPRESSION_ENGINE: "legacy" } : {}),
    TELEGRAM_ALERT_CHAT_ID: CHAT_ID,
  }
  try {
    await importWorkflow(n8n, home, telegram.url, env)
    const program = new ChildProgram({ name: "n8n", args: [n8n, "start"], cwd: home, env }, join(home, "n8n.log"))
    try {
      const url = `http://127.0.0.1:${port}`
      await program.untilUp(() => answers(`${url}/healthz/readiness`))
      report(await sendAlerts(`${url}/webhook/shopee-alert`, telegram))
    } finally {
      await program.stop()
    }
  } finally {
    await telegram.close()
    await rm(home, { recursive: true, force: true })
  }
}

/** Credentials, workflow, active: what the page "Shopee Alert Formatter" tells the operator to do. */
async function importWorkflow(n8n: string, home: string, telegramUrl: string, env: NodeJS.ProcessEnv): Promise<void> {
  const { id, name } = nodeOfType(readAlertWorkflow(), "n8n-nodes-base.telegram").credentials?.telegramApi ?? {}
  const credentials = join(home, "credentials.json")
  const data = { accessToken: BOT_TOKEN, baseUrl: telegramUrl }
  await writeFile(credentials, JSON.stringify([{ id, name, type: "telegramApi", data }]))
  for (const args of [
    ["import:credentials", `--input=${credentials}`],
    ["import:workflow", `--input=${ALERT_WORKFLOW_FILE}`],
    ["update:workflow", `--id=${readAlertWorkflow().id}`, "--active=true"],
  ]) {
    const { code, stdout, stderr } = await runToEnd(process.execPath, [n8n, ...args], { cwd: home, env })
    if (code !== 0) {
      throw new Error(`n8n ${args[0]} ended with exit code ${code}:\n${(stdout + stderr).slice(-3_000)}`)
    }
  }
}

async function sendAlerts(
  webhook: string,
  telegram: Awaited<ReturnType<typeof startTelegramStandIn>>
): Promise<Check[]> {
  const post = async (body: unknown, method = "POST"): Promise<number> => {
    const headers = { "content-type": "application/json" }
    const response = await fetch(webhook, { method, headers, body: method === "GET" ? null : JSON.stringify(body) })
    await response.body?.cancel()
    return response.status
  }
  // The server listens before its webhooks are registered.
  const first = alertOf(ErrorClass.SIGNATURE_MISMATCH)
  await eventually("the webhook", async () => (await post(first)) !== 404)

  const checks: Check[] = []
  const expectMessage = async (what: string, alert: object) => {
    const before = telegram.received.length
    const status = await post(alert)
    const message = telegram.received[before]
    const isSo = status === 200 && message?.text === formatAlert(alert) && message.chat_id === CHAT_ID
    checks.push({ what, isSo, seen: `${status} ${message?.text.split("\n")[0] ?? "no message"}` })
  }
  const expectRefusal = async (what: string, isRefusal: (status: number) => boolean, status: number) => {
    checks.push({ what, isSo: isRefusal(status), seen: String(status) })
  }
  for (const errorClass of Object.values(ErrorClass)) {
    await expectMessage(`an alert of class ${errorClass} arrives in Telegram`, alertOf(errorClass))
  }
  await expectMessage("an all-clear arrives", { ...first, level: "resolved" })
  const hostile = `</code><b>*_[x](https://evil.example)\` @all &amp; ${"<&>".repeat(3_000)}`
  await expectMessage("hostile texts arrive as text", { ...first, message: hostile, ordersn: hostile })

  const before = telegram.received.length
  await expectRefusal("what is no alert is refused", (status) => status >= 500, await post({ hello: "world" }))
  await expectRefusal("GET is refused", (status) => status === 404, await post(null, "GET"))
  telegram.beDown(true)
  await expectRefusal("with Telegram down the webhook says so", (status) => status >= 500, await post(first))
  telegram.beDown(false)
  const isQuiet = telegram.received.length === before
  checks.push({ what: "none of these reached Telegram", isSo: isQuiet, seen: `${telegram.received.length - before}` })
  await expectMessage("with Telegram back alerts arrive again", first)
  return checks
}

const alertOf = (errorClass: ErrorClass) => ({
  connector: "shopee",
  error_class: errorClass,
  level: "error",
  message: `A check of the class ${errorClass}.`,
  exception_id: "cex_CHECK",
  ordersn: "261125EMBER014",
  shop_id: "700001",
  raw_event_id: "sraw_CHECK",
  occurred_at: "2026-11-25T13:05:09.000Z",
  details: { action: "Nothing: this is a check." },
})

function report(checks: Check[]): void {
  for (const { what, isSo, seen } of checks) {
    console.log(`${isSo ? "✓" : "✗"} ${what} (${seen})`)
  }
  if (checks.some(({ isSo }) => !isSo)) {
    process.exitCode = 1
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
