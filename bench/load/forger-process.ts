/**
 * Sends forged pushes from a process of its own: beside the sender of the genuine ones it would delay these, and the platform be blamed.
 * Run as `node --import tsx bench/load/forger-process.ts` with `FORGER_PORT`; tasks are posted there.
 */
import { createServer } from "node:http"
import { json } from "node:stream/consumers"
import { orderPush } from "../../integration-tests/support/send-push"
import { forgePush, sendAtRate, type SignedPush } from "./send-pushes"
import type { ForgerTask } from "./forger"

const FIRST_UPDATE_S = 1_780_000_000

let made = 0
let pushes: SignedPush[] = []

async function perform(task: ForgerTask): Promise<void> {
  if (task.task === "make") {
    pushes = Array.from({ length: task.count }, () => {
      made += 1
      return forgePush(orderPush(`${task.prefix}${made}`, "READY_TO_SHIP", FIRST_UPDATE_S + made))
    })
  } else {
    await sendAtRate(task.port, pushes, task.perSecond)
  }
}

createServer((request, response) => {
  json(request)
    .then(async (task) => await perform(task as ForgerTask))
    .then(
      () => response.writeHead(200).end(),
      (error: unknown) => response.writeHead(500).end(String(error))
    )
}).listen(Number(process.env.FORGER_PORT), "127.0.0.1")
