import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

/** Where distributions put it; `CHROMIUM_PATH` names any other place. */
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
]

const SETTING_UP_MS = 300_000

const HOW_TO_INSTALL =
  "Chromium is not installed: `apt-get install chromium` (Debian), or put the path of a Chrome into CHROMIUM_PATH."

/** The browser of this machine, or null. Postgres comes with npm; a browser does not. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH
  return (named ? [named] : USUAL_PLACES).find((path) => existsSync(path)) ?? null
}

/** @throws Error that says how to install it */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) {
    throw new Error(HOW_TO_INSTALL)
  }
  // Containers give little shared memory, and a page that runs out of it crashes.
  return await chromium.launch({ executablePath, args: ["--disable-dev-shm-usage"] })
}

/**
 * A suite that needs a browser. Without one it is skipped, but not in CI: a check that doesn't run would look like one that passed.
 */
export function describeInBrowser(name: string, suite: () => void): void {
  const isRun = findChromium() !== null || process.env.CI !== undefined
  if (!isRun) {
    console.warn(`Skipped: ${name}. ${HOW_TO_INSTALL}`)
  }
  // A desk is a database, three programs and a login; a busy machine takes minutes for it.
  jest.setTimeout(SETTING_UP_MS)
  ;(isRun ? describe : describe.skip)(name, suite)
}
