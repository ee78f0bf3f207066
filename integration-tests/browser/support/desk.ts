import { dirname } from "node:path"
import { findFreePort } from "../../../tooling/free-port"
import { logFileOf, type PlatformProcess } from "../../support/platform-process"
import { ShopAdmin } from "../../support/shop-admin"
import { authorizeShop, openShop, type ShopWorld, startShopPlatform } from "../../support/shop-world"
import { launchChromium } from "./chromium"
import { OperatorScreen } from "./operator-screen"

/** The operator's desk: the built platform with its Admin beside a sandbox, and a browser that is logged in. */
export interface Desk {
  world: ShopWorld
  platform: PlatformProcess
  /** Medusa's API, to prepare what a screen shows. */
  admin: ShopAdmin
  screen: OperatorScreen
  close(): Promise<void>
}

export interface DeskOptions {
  /** Whether the shop is connected already; default true. */
  authorized?: boolean
  /** Where pictures go; absolute. */
  shotFolder?: string
}

/**
 * Sets a desk up: one for each suite, with a database of its own.
 *
 * @param suite names its database, its logs and its pictures (`.data/e2e/<suite>`)
 */
export async function openDesk(suite: string, options: DeskOptions = {}): Promise<Desk> {
  const undo: (() => Promise<void>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) {
      await step()
    }
  }
  try {
    const world = await openShop(suite)
    undo.push(() => world.close())
    const port = await findFreePort()
    // Shopee's authorisation comes back to here; the screen's calls look as if they came over https.
    world.settings.ADMIN_URL = `http://127.0.0.1:${port}/app`
    world.settings.DISABLE_MEDUSA_ADMIN = "false"
    if (options.authorized !== false) {
      await authorizeShop(world)
    }
    const browser = await launchChromium()
    undo.push(() => browser.close())
    const platform = await startShopPlatform(world, { port })
    undo.push(() => platform.stop())
    const shotFolder = options.shotFolder ?? dirname(logFileOf(suite, "screen"))
    const screen = await OperatorScreen.open(browser, platform.url, shotFolder)
    const admin = await ShopAdmin.login(platform.url)
    return { world, platform, admin, screen, close }
  } catch (error) {
    await close()
    throw error
  }
}
