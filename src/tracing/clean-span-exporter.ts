import type { BatchSpanProcessor } from "@medusajs/framework/opentelemetry/sdk-trace-node"
import { redactSecrets } from "../modules/connectors/shared/redaction"

/** Where finished spans go; OpenTelemetry's own interface. */
export type SpanExporter = ConstructorParameters<typeof BatchSpanProcessor>[0]
type Span = Parameters<SpanExporter["export"]>[0][number]
type Attributes = Span["attributes"]

/**
 * What a span may carry. Medusa copies every header of a request into its span, the session's cookie and the login's token among them, so
 * that a list of what is forbidden would never be complete.
 */
const ALLOWED_ATTRIBUTES = new Set([
  "http.method",
  "http.route",
  "http.url",
  "http.status_code",
  "http.statusCode",
  "db.system",
  "db.name",
  "db.statement",
  "query.fields",
  "fetch.select",
  "fetch.relations",
  "workflow.transaction_id",
])
const ALLOWED_PREFIX = "workflow.step."

/** Exports spans without what must not leave the house: headers, queries of URLs (an OAuth code is one), secrets in errors. */
export class CleanSpanExporter implements SpanExporter {
  constructor(private readonly inner: SpanExporter) {}

  export(spans: Span[], done: Parameters<SpanExporter["export"]>[1]): void {
    this.inner.export(spans.map(cleanSpan), done)
  }

  async shutdown(): Promise<void> {
    await this.inner.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.inner.forceFlush?.()
  }
}

/** The span as it may be read by anybody who sees the traces. */
export function cleanSpan(span: Span): Span {
  const { status } = span
  // A view on the span: its other members are methods and accessors of a class.
  return Object.create(span, {
    name: { value: cleanText(span.name), enumerable: true },
    attributes: { value: cleanAttributes(span.attributes), enumerable: true },
    status: { value: { ...status, message: status.message && cleanText(status.message) }, enumerable: true },
    events: {
      value: span.events.map(({ name, time }) => ({ name: cleanText(name), time, attributes: {} })),
      enumerable: true,
    },
  }) as Span
}

function cleanAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => ALLOWED_ATTRIBUTES.has(name) || name.startsWith(ALLOWED_PREFIX))
      .map(([name, value]) => [name, typeof value === "string" ? cleanText(value) : value])
  )
}

const cleanText = (text: string): string => redactSecrets(text.replace(/\?\S*/g, "?…"))
