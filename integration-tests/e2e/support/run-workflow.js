/**
 * Runs one workflow of the built platform at the same moment as others run it: `medusa exec run-workflow.js <id> <input.json> <barrier>`.
 *
 * It says that it is ready by a file in the barrier folder, waits there for a file named `go`, and prints one line of JSON that says
 * how the run ended. Plain JavaScript: the built platform has nothing that reads TypeScript.
 */
const { existsSync, readFileSync, writeFileSync } = require("node:fs")
const { join } = require("node:path")
const { setTimeout: sleep } = require("node:timers/promises")
const { Modules } = require("@medusajs/framework/utils")

const WAIT_MS = 150_000

async function waitForGo(barrier) {
  writeFileSync(join(barrier, `ready-${process.pid}`), "")
  const deadline = Date.now() + WAIT_MS
  while (!existsSync(join(barrier, "go"))) {
    if (Date.now() > deadline) {
      throw new Error("Nobody gave the start.")
    }
    await sleep(1)
  }
}

exports.default = async function runWorkflow({ container, args }) {
  const [workflowId, inputFile, barrier] = args
  const input = JSON.parse(readFileSync(inputFile, "utf8"))
  await waitForGo(barrier)
  try {
    const { result } = await container.resolve(Modules.WORKFLOW_ENGINE).run(workflowId, { input })
    console.log(`OUTCOME ${JSON.stringify({ result })}`)
  } catch (error) {
    console.log(`OUTCOME ${JSON.stringify({ error: error.message })}`)
  }
}
