import type { IncomingMessage } from "node:http"
import { json } from "node:stream/consumers"
import { z } from "@medusajs/framework/zod"
import { type LoopbackServer, startLoopbackServer } from "../support/loopback-server"
import { readTelegramHtml, TelegramRefusal } from "./telegram-html"

const messageSchema = z.object({
  chat_id: z.coerce.string(),
  text: z.string(),
  parse_mode: z.literal("HTML"),
})

/** A message as Telegram's `sendMessage` was given it. */
export type TelegramMessage = z.infer<typeof messageSchema>

/** Telegram's Bot API on this machine, as far as sending a message goes. Its `url` is what the credentials' base URL is set to. */
export interface TelegramStandIn extends LoopbackServer {
  received: readonly TelegramMessage[]
  /** Every further message is refused as in an outage, until it is called with false. */
  beDown(down: boolean): void
}

/** Listens on a free port of 127.0.0.1 and refuses what Telegram refuses. */
export async function startTelegramStandIn(botToken: string): Promise<TelegramStandIn> {
  const received: TelegramMessage[] = []
  let isDown = false
  const answer = async (request: IncomingMessage): Promise<{ status: number; body: object }> => {
    if (isDown) {
      return refusal(502, "Bad Gateway")
    }
    if (request.url !== `/bot${botToken}/sendMessage`) {
      return refusal(401, "Unauthorized")
    }
    const message = messageSchema.parse(await json(request))
    readTelegramHtml(message.text)
    received.push(message)
    return { status: 200, body: { ok: true, result: { message_id: received.length, text: message.text } } }
  }
  const server = await startLoopbackServer((request, response) => {
    answer(request)
      .catch((error: unknown) => refusal(400, error instanceof TelegramRefusal ? error.message : String(error)))
      .then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body))
      })
      .catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  return {
    ...server,
    received,
    beDown: (down) => {
      isDown = down
    },
  }
}

const refusal = (status: number, description: string) => ({
  status,
  body: { ok: false, error_code: status, description },
})
