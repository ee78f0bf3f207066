import { resolve } from "node:path"
import { stopThrowawayPostgres } from "../../tooling/embedded-postgres"

/** Stops and deletes the Postgres that this Jest run started; one that was given to it is left alone. */
export default async function stopDatabase(): Promise<void> {
  const directory = process.env.TEST_CLUSTER_DIRECTORY
  if (directory) {
    await stopThrowawayPostgres(resolve(__dirname, "../.."), directory)
  }
}
