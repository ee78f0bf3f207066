import type { ExecArgs, MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import { EnvironmentError } from "../../config/environment"
import { ShopeeCallError } from "../../modules/connectors/shopee/client/shopee-errors"
import { ShopeeNotConfiguredError } from "../../modules/connectors/shopee/config"
import { UsageError } from "./commands"

/** It could not be done, for a reason that the operator is told in one line. */
export class ScriptFailure extends Error {
  override readonly name = "ScriptFailure"
}

/** What is the operator's to know; anything else is ours, and is shown whole. */
const TOLD = [UsageError, ScriptFailure, EnvironmentError, MedusaError, ShopeeCallError, ShopeeNotConfiguredError]

/** Shells say it of a program that SIGPIPE ended. */
const OUTPUT_GONE = 141

/**
 * A script that `medusa exec` and `npm run shopee` run: reads its call, does it, and makes of wrong use and refusals one line and exit
 * code 1.
 *
 * @param readCall throws UsageError
 */
export function operatorScript<Call>(
  readCall: (args: readonly string[]) => Call,
  run: (container: MedusaContainer, call: Call) => Promise<void>
): (given: ExecArgs) => Promise<void> {
  return async ({ container, args }) => {
    endWithTheTerminal()
    try {
      // Medusa's command line makes numbers of arguments that look like one.
      await run(container, readCall(args.map(String)))
    } catch (error) {
      if (error instanceof Error && TOLD.some((kind) => error instanceof kind)) {
        console.error(error.message)
        // `medusa exec` exits with it.
        process.exitCode = 1
        return
      }
      throw error
    }
  }
}

/**
 * Whoever read our output has gone (a closed terminal, `| head`). Without this every later line is an error, which is logged, which is an
 * error. What was begun goes on in a worker.
 */
function endWithTheTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE" || error.code === "EIO") {
        process.exit(OUTPUT_GONE)
      }
      throw error
    })
  }
}
