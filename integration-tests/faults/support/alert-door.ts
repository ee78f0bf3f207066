import { createServer } from "node:http"

/** What the alert webhook does: passes alerts on, refuses them, or takes them and says nothing. */
type Mood = "well" | "refusing" | "silent"

/** A door in front of an alert receiver that can fail as n8n fails. */
export interface AlertDoor {
  url: string
  mood: Mood
  /** Alerts that came to the door, whatever became of them. */
  knocks: number
  close(): Promise<void>
}

/** Opens the door on a free port of 127.0.0.1. @param receiverUrl where alerts go while it is well */
export async function openAlertDoor(receiverUrl: string): Promise<AlertDoor> {
  const server = createServer((request, response) => {
    door.knocks += 1
    if (door.mood === "silent") {
      return
    }
    const chunks: Buffer[] = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      if (door.mood === "refusing") {
        response.writeHead(500, { "content-type": "text/html" }).end("<h1>Workflow could not be started</h1>")
        return
      }
      fetch(receiverUrl, { method: "POST", body: Buffer.concat(chunks) }).then(
        ({ status }) => response.writeHead(status).end(),
        () => response.writeHead(502).end()
      )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (address === null || typeof address === "string") {
    throw new Error("The alert door got no port.")
  }
  const door: AlertDoor = {
    url: `http://127.0.0.1:${address.port}/webhook/9f3c-shopee-alert`,
    mood: "well",
    knocks: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return door
}
