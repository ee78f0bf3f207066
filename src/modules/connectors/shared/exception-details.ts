import { redactSecrets } from "./redaction"
import { storableText } from "./storable-text"
import { EXCEPTION_FACTS, type ExceptionDetails, type ExceptionFactValue } from "./types/exception"

const LONGEST_LIST = 50

/**
 * The allowed facts out of anything: unknown keys and values of other shapes are dropped, texts are stripped of secrets, lists
 * are cut at 50 entries.
 */
export function allowedDetails(details: Record<string, unknown> | null | undefined): ExceptionDetails {
  const allowed: ExceptionDetails = {}
  for (const fact of EXCEPTION_FACTS) {
    const value = allowedValue(details?.[fact])
    if (value !== undefined) {
      allowed[fact] = value
    }
  }
  return allowed
}

function allowedValue(value: unknown): ExceptionFactValue | undefined {
  if (typeof value === "string") {
    return safeText(value)
  }
  if (typeof value === "boolean" || value === null || (typeof value === "number" && Number.isFinite(value))) {
    return value
  }
  if (Array.isArray(value)) {
    return value
      .filter((entry) => typeof entry === "string" || typeof entry === "number")
      .slice(0, LONGEST_LIST)
      .map((entry) => safeText(String(entry)))
  }
  return undefined
}

const safeText = (text: string): string => storableText(redactSecrets(text))
