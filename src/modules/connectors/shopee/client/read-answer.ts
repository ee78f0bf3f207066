import type { z } from "@medusajs/framework/zod"
import { redactSecrets } from "../../shared/redaction"
import { isNoError } from "./error-kinds"
import { ShopeeCallError } from "./shopee-errors"

/** Where the client says what it left out of an answer. Medusa's logger fits. */
export interface ClientLogger {
  warn(message: string): void
}

/**
 * `answer` as `schema` describes it. Problems are told by path, never by value: an answer holds buyers' data. A warning that
 * Shopee attached is logged, redacted: partial failures come that way.
 *
 * @throws ShopeeCallError (transient, code `(malformed)`)
 */
export function readAnswer<Answer extends { warning?: unknown }>(
  endpoint: string,
  schema: z.ZodType<Answer>,
  answer: unknown,
  logger?: ClientLogger
): Answer {
  const parsed = schema.safeParse(answer)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue ? `${issue.path.join(".") || "answer"}: ${issue.message}` : "unreadable"
    throw new ShopeeCallError({
      kind: "transient",
      endpoint,
      code: "(malformed)",
      reason: `the answer does not have the shape of ${endpoint} (${where})`,
    })
  }
  const { warning } = parsed.data
  if (!isNoError(warning) && !(Array.isArray(warning) && warning.length === 0)) {
    logger?.warn(`Shopee ${endpoint}: warning ${redactSecrets(JSON.stringify(warning)).slice(0, 300)}`)
  }
  return parsed.data
}

/**
 * The entries that `schema` can read. An entry that it can't read must not cost the others: it is left out and logged, and
 * whoever asked for it misses it.
 */
export function readEntries<Entry>(
  endpoint: string,
  schema: z.ZodType<Entry>,
  entries: unknown[],
  logger?: ClientLogger
): Entry[] {
  const read = entries.map((entry) => schema.safeParse(entry))
  const unreadable = read.filter((result) => !result.success).length
  if (unreadable > 0) {
    logger?.warn(`Shopee ${endpoint}: left out ${unreadable} of ${entries.length} entries, they can't be read.`)
  }
  return read.flatMap((result) => (result.success ? [result.data] : []))
}
