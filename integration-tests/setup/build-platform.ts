import { resolve } from "node:path"
import { buildPlatform } from "../../tooling/build-platform"
import startDatabase from "./start-database"

/** The end-to-end suites run the built platform, as production does, against the test run's Postgres. */
export default async function prepareEndToEnd(): Promise<void> {
  await startDatabase()
  await buildPlatform({ checkout: resolve(__dirname, "../.."), admin: false })
}
