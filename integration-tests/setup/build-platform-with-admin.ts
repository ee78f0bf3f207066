import { resolve } from "node:path"
import { buildPlatform } from "../../tooling/build-platform"
import { findChromium } from "../browser/support/chromium"
import startDatabase from "./start-database"

/** The browser suites run the built platform with its Admin. Where there is no browser they are skipped, and need no build. */
export default async function prepareBrowser(): Promise<void> {
  if (findChromium()) {
    await startDatabase()
    await buildPlatform({ checkout: resolve(__dirname, "../.."), admin: true })
  }
}
