/**
 * The floor of the webhook: a bare `node:http` server that checks the signature and makes the same insert. Run as
 * `node --import tsx bench/floors/bare-ingest.ts` with `DATABASE_URL`, `FLOOR_PORT`, `PUSH_KEY` and `CALLBACK_URL`.
 */
import { createServer } from "node:http"
import { Pool } from "@medusajs/framework/pg"
import { toIncomingEvent } from "../../src/modules/connectors/shopee/inbox/incoming-event"
import { recordEvents } from "../../src/modules/connectors/shopee/sql/record-events"
import { authenticatePush } from "../../src/modules/connectors/shopee/webhook/authenticate-push"
import { numbered } from "./numbered-placeholders"
import { parsePush } from "../../src/modules/connectors/shopee/webhook/parse-push"

/** As many as the platform's pool has. */
const CONNECTIONS = 10

const { DATABASE_URL, FLOOR_PORT, PUSH_KEY = "", CALLBACK_URL = "" } = process.env
const pool = new Pool({ connectionString: DATABASE_URL, max: CONNECTIONS })

const sql = {
  execute: async (text: string, parameters: unknown[] = []): Promise<unknown> =>
    (await pool.query(numbered(text), parameters)).rows,
}

async function take(rawBody: Buffer, authorization: string | undefined): Promise<number> {
  const { outcome } = authenticatePush({ rawBody, authorization, keys: [PUSH_KEY], callbackUrl: CALLBACK_URL })
  if (outcome !== "authentic") {
    return 200 // As the platform answers a forged push; the floor keeps nothing of it.
  }
  await recordEvents(sql, [toIncomingEvent({ rawBody, authorization }, parsePush(rawBody))])
  return 200
}

createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    take(Buffer.concat(chunks), request.headers.authorization).then(
      (status) => response.writeHead(status).end(),
      (error: unknown) => {
        console.error(error)
        response.writeHead(503).end()
      }
    )
  })
}).listen(Number(FLOOR_PORT), "127.0.0.1")
