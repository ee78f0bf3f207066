import { join, resolve } from "node:path"
import { ChildProgram, machineEnvironment } from "../../integration-tests/support/child-program"
import { logFileOf } from "../../integration-tests/support/platform-process"
import { CALLBACK_URL, PUSH_KEY } from "../../integration-tests/support/shopee-shop"
import { findFreePort } from "../../tooling/free-port"
import { isListening } from "../load/is-listening"

/** The bare server of `bare-ingest.ts`, running. */
export interface IngestServer {
  port: number
  stop(): Promise<void>
}

/** Starts the floor of the webhook on a database. */
export async function startIngestServer(databaseUrl: string): Promise<IngestServer> {
  const port = await findFreePort()
  const program = new ChildProgram(
    {
      name: "The floor of the webhook",
      args: ["--import", "tsx", join(__dirname, "bare-ingest.ts")],
      cwd: resolve(__dirname, "../.."),
      env: { ...machineEnvironment(), DATABASE_URL: databaseUrl, FLOOR_PORT: String(port), PUSH_KEY, CALLBACK_URL },
    },
    logFileOf("bench", "bare-ingest")
  )
  try {
    await program.untilUp(() => isListening(port))
  } catch (error) {
    await program.stop()
    throw error
  }
  return { port, stop: () => program.stop() }
}
