import { text } from "node:stream/consumers"
import { type LoopbackServer, startLoopbackServer } from "./loopback-server"

/** Stands in for an OpenTelemetry collector; its `url` is what `OTEL_EXPORTER_OTLP_ENDPOINT` is set to. */
export interface TraceCollector extends LoopbackServer {
  /** All requests, as they came. */
  received(): string
}

/** Takes traces over HTTP and keeps what it was sent. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const requests: string[] = []
  const server = await startLoopbackServer((request, response) => {
    text(request).then(
      (body) => {
        requests.push(`${request.method} ${request.url} ${body}`)
        response.writeHead(200, { "content-type": "application/json" }).end("{}")
      },
      () => response.destroy()
    )
  })
  return { ...server, received: () => requests.join("\n") }
}
