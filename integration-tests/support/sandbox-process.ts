import { resolve } from "node:path"
import { SandboxControl } from "../../sandbox/control-client"
import { findFreePort } from "../../tooling/free-port"
import { answers, ChildProgram, machineEnvironment } from "./child-program"
import { CALLBACK_URL, NOWHERE, PARTNER_KEY, PUSH_KEY, SHOP_ID } from "./shopee-shop"

const CHECKOUT = resolve(__dirname, "../..")

/** The app's id at the sandbox and at the platforms that talk to it. */
export const PARTNER_ID = 2000321

/** The sandbox, running in a process of its own. */
export interface SandboxProcess {
  url: string
  /** The address that a platform is given. */
  apiBaseUrl: string
  control: SandboxControl
  stop(): Promise<void>
}

/** Starts the sandbox as `npm run sandbox` does. Its pushes go nowhere until `control.setPushConfig` says where. */
export async function startSandboxProcess(logFile: string): Promise<SandboxProcess> {
  const port = await findFreePort()
  const program = new ChildProgram(
    {
      name: "The sandbox",
      args: ["--import", "tsx", resolve(CHECKOUT, "sandbox", "main.ts")],
      cwd: CHECKOUT,
      env: {
        ...machineEnvironment(),
        SANDBOX_PORT: String(port),
        SANDBOX_DELIVERY_URL: NOWHERE,
        SHOPEE_PARTNER_ID: String(PARTNER_ID),
        SHOPEE_PARTNER_KEY: PARTNER_KEY,
        SHOPEE_PUSH_PARTNER_KEY: PUSH_KEY,
        SHOPEE_SHOP_ID: String(SHOP_ID),
        SHOPEE_WEBHOOK_URL: CALLBACK_URL,
      },
    },
    logFile
  )
  const url = `http://127.0.0.1:${port}`
  try {
    await program.untilUp(() => answers(`${url}/sandbox/health`))
  } catch (error) {
    await program.stop()
    throw error
  }
  return {
    url,
    apiBaseUrl: `${url}/api/v2`,
    control: new SandboxControl(url),
    stop: () => program.stop(),
  }
}
