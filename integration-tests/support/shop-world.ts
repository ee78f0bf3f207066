import { type AlertReceiver, startAlertReceiver } from "../../demo/alert-receiver"
import { eventually } from "./eventually"
import { createPlatformDatabase, type PlatformDatabase } from "./platform-database"
import { logFileOf, type PlatformProcess, randomSecrets, runNpmScript, startPlatform } from "./platform-process"
import { PARTNER_ID, type SandboxProcess, startSandboxProcess } from "./sandbox-process"
import { CALLBACK_URL, PARTNER_KEY, PUSH_KEY, SHOP_ID } from "./shopee-shop"

/** An exception as its row says it. */
export interface ExceptionRow {
  error_class: string
  status: string
  ordersn: string | null
  error_message: string
  resolved_by: string | null
  retry_count: number
}

/** A shop for one suite: database, sandbox and alert receiver of its own. Platforms are started against it. */
export interface ShopWorld {
  suite: string
  database: PlatformDatabase
  sandbox: SandboxProcess
  alerts: AlertReceiver
  /** What every process of this shop's platform is given. */
  settings: NodeJS.ProcessEnv
  close(): Promise<void>
}

/** Sets a shop up, without a platform. `suite` names its database and its logs. */
export async function openShop(suite: string): Promise<ShopWorld> {
  const alerts = await startAlertReceiver(() => undefined)
  const [database, sandbox] = await Promise.all([
    createPlatformDatabase(suite),
    startSandboxProcess(logFileOf(suite, "sandbox")),
  ])
  return {
    suite,
    database,
    sandbox,
    alerts,
    settings: {
      ...randomSecrets(),
      DATABASE_URL: database.url,
      SHOPEE_PARTNER_ID: String(PARTNER_ID),
      SHOPEE_PARTNER_KEY: PARTNER_KEY,
      SHOPEE_PUSH_PARTNER_KEY: PUSH_KEY,
      SHOPEE_SHOP_ID: String(SHOP_ID),
      SHOPEE_WEBHOOK_URL: CALLBACK_URL,
      SHOPEE_API_BASE_URL: sandbox.apiBaseUrl,
      SHOPEE_ALERT_WEBHOOK_URL: alerts.url,
    },
    close: async () => {
      await sandbox.stop()
      await alerts.close()
      await database.drop()
    },
  }
}

/** Starts a platform of the shop; pushes of the sandbox go to it from now on. */
export async function startShopPlatform(
  { suite, settings, sandbox }: ShopWorld,
  options: { name?: string; port?: number } = {}
): Promise<PlatformProcess> {
  const logFile = logFileOf(suite, options.name ?? "platform")
  const platform = await startPlatform({ settings, logFile, port: options.port })
  await sandbox.control.setPushConfig({ deliveryUrl: `${platform.url}/connectors/shopee/webhook` })
  return platform
}

/** The seller's click and the operator's script. @throws Error when the script fails */
export async function authorizeShop({ sandbox, settings }: ShopWorld): Promise<void> {
  const code = await sandbox.control.authorize(SHOP_ID, { push: false })
  const result = await runNpmScript("medusa", ["exec", "./src/scripts/shopee-oauth-bootstrap.js", code], settings)
  if (result.code !== 0) {
    throw new Error(`The shop could not be authorised:\n${result.stdout}${result.stderr}`)
  }
}

/** The connector's exceptions, oldest first. */
export async function exceptionsOf({ database }: ShopWorld): Promise<ExceptionRow[]> {
  return await database.query<ExceptionRow>(
    `SELECT error_class, status, ordersn, error_message, resolved_by, retry_count FROM connector_exception
      ORDER BY created_at, id`
  )
}

/** The exceptions without notices: the proof of a comparison may come at any time, by night or after a push that was not authentic. */
export async function troublesOf(world: ShopWorld): Promise<ExceptionRow[]> {
  return (await exceptionsOf(world)).filter(({ error_class }) => error_class !== "notice")
}

/** Waits until the inbox has nothing left to do: every order settled, every event processed. */
export async function inboxIsEmpty({ database }: ShopWorld, withinMs = 60_000): Promise<void> {
  await eventually(
    "an empty inbox",
    async () => {
      const [left] = await database.query<{ due: string; events: string }>(
        `SELECT (SELECT count(*) FROM shopee_order_sync WHERE due_at IS NOT NULL AND deleted_at IS NULL) AS due,
                (SELECT count(*) FROM shopee_raw_event
                  WHERE processed = false AND signature_ok IS DISTINCT FROM false) AS events`
      )
      return left?.due === "0" && left.events === "0"
    },
    { withinMs }
  )
}
