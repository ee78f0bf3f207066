import { BatchSpanProcessor } from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { registerOtel } from "@medusajs/medusa"
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http"
import { CleanSpanExporter } from "./clean-span-exporter"

/**
 * Sends traces of requests, workflows and their steps, and queries to an OpenTelemetry collector, until the process ends.
 *
 * @param endpoint the collector's address without the path (`http://127.0.0.1:4318`)
 */
export function startTracing(endpoint: string): void {
  const exporter = new CleanSpanExporter(new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` }))
  registerOtel({
    serviceName: "tcg-platform",
    exporter,
    // Medusa's default sends every span on its own and waits for none; a batch costs one request in five seconds.
    spanProcessors: [new BatchSpanProcessor(exporter)],
    instrument: { http: true, query: true, workflows: true },
  })
}
