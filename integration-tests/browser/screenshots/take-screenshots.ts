/**
 * Takes a picture of every screen of the connector in the Admin, light and dark: `npm run screenshots [-- <folder>]`. The folder is
 * `.data/screenshots` unless it is given. The shop in them is invented.
 */
import { resolve } from "node:path"
import startDatabase from "../../setup/start-database"
import stopDatabase from "../../setup/stop-database"
import { buildPlatform } from "../../../tooling/build-platform"
import { findChromium } from "../support/chromium"
import { type Desk, openDesk } from "../support/desk"
import { fillShop } from "./fill-shop"
import { listScreens } from "./list-screens"

const CHECKOUT = resolve(__dirname, "../../..")

async function main(): Promise<void> {
  const [folder = ".data/screenshots", ...rest] = process.argv.slice(2)
  if (rest.length > 0) {
    throw new Error("Give one folder, for example: npm run screenshots -- .data/screenshots")
  }
  if (!findChromium()) {
    throw new Error("Chromium is not installed: install it, or put the path of a Chrome into CHROMIUM_PATH.")
  }
  await startDatabase()
  try {
    await buildPlatform({ checkout: CHECKOUT, admin: true })
    const desk = await openDesk("screenshots", { shotFolder: resolve(folder) })
    try {
      await fillShop(desk)
      await takeAll(desk)
    } finally {
      await desk.close()
    }
  } finally {
    await stopDatabase()
  }
}

async function takeAll(desk: Desk): Promise<void> {
  const { screen } = desk
  const screens = await listScreens(desk.world)
  // Medusa's own order page puts a block into a paragraph, and its filters a button into a button.
  screen.expectProblem(/validateDOMNesting/)
  for (const theme of ["light", "dark"] as const) {
    await screen.open("/connectors/exceptions")
    await screen.wear(theme)
    for (const { name, path, show } of screens) {
      await screen.open(path)
      await show?.(screen)
      await screen.settles()
      console.log(await screen.shot(`${name}-${theme}`, { whole: true }))
    }
  }
  const problems = screen.takeProblems()
  if (problems.length > 0) {
    throw new Error(`The screens had trouble:\n${problems.join("\n")}`)
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
