import { createServer, type IncomingMessage } from "node:http"

/** An alert as the platform posts it (product: AlertPayload), as far as the demo shows it. */
export interface ReceivedAlert {
  error_class: string
  message: string
  level?: string
  ordersn?: string
  exception_id?: string
  details?: { action?: string }
}

/** Stands in for the n8n webhook that would pass alerts on to Telegram. */
export interface AlertReceiver {
  /** What `SHOPEE_ALERT_WEBHOOK_URL` is set to. */
  url: string
  /** All alerts so far, oldest first. */
  received: readonly ReceivedAlert[]
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1; `onAlert` hears of every alert. */
export async function startAlertReceiver(onAlert: (alert: ReceivedAlert) => void): Promise<AlertReceiver> {
  const received: ReceivedAlert[] = []
  const server = createServer((request, response) => {
    readAlert(request).then(
      (alert) => {
        received.push(alert)
        onAlert(alert)
        response.writeHead(200).end()
      },
      // The platform tries again, so a broken alert shows as one that never arrives.
      () => response.writeHead(400).end()
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  const address = server.address()
  if (address === null || typeof address === "string") {
    throw new Error("The alert receiver got no port.")
  }
  return {
    url: `http://127.0.0.1:${address.port}/webhook/shopee-alert`,
    received,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

async function readAlert(request: IncomingMessage): Promise<ReceivedAlert> {
  const chunks: Buffer[] = []
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk))
  }
  const alert = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Partial<ReceivedAlert>
  if (typeof alert.error_class !== "string" || typeof alert.message !== "string") {
    throw new Error("That is no alert.")
  }
  return { ...alert, error_class: alert.error_class, message: alert.message }
}
