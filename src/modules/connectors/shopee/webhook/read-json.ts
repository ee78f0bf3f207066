import { isSafeNumber, parse } from "lossless-json"
import type { JsonValue } from "../types/json"

/** Deepest nesting that is read. Shopee's own payloads stay below 10 levels; the parser recurses, so there must be an end. */
export const MAX_JSON_LEVELS = 64

export type JsonReading = { value: JsonValue } | { unreadable: string }

const TOO_DEEP = { unreadable: `The JSON is nested more than ${MAX_JSON_LEVELS} levels deep.` }
const NOT_JSON = { unreadable: "The body is not JSON." }

/**
 * Reads JSON into the form that is stored. Integers that a double can't hold become decimal text (Shopee's `forder_id` and
 * promotion ids are above 2^53); NUL and lone surrogates, which `jsonb` refuses, become U+FFFD; a repeated key keeps its last
 * value, as in `JSON.parse`. Bytes that are no UTF-8 become U+FFFD too, and a byte order mark is skipped. Never throws.
 */
export const readJson = (source: Buffer | string): JsonReading => {
  const text = typeof source === "string" ? source.replace(/^\uFEFF/, "") : new TextDecoder("utf-8").decode(source)
  if (isNestedTooDeep(text)) {
    return TOO_DEEP
  }
  try {
    return toStorable(parse(text, undefined, { parseNumber, onDuplicateKey: ({ newValue }) => newValue }))
  } catch (error) {
    if (error instanceof SyntaxError) {
      return NOT_JSON
    }
    throw error
  }
}

/** Brings an already parsed value into the form that is stored; see `readJson`. */
export const toStorable = (value: unknown): JsonReading => {
  const stored = store(value, MAX_JSON_LEVELS)
  return stored === undefined ? TOO_DEEP : { value: stored }
}

/** Runs over the text without recursion, since a megabyte of `[` would overflow the parser's stack. */
const isNestedTooDeep = (text: string): boolean => {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === "\\") {
        index++
      } else if (character === '"') {
        inString = false
      }
    } else if (character === '"') {
      inString = true
    } else if (character === "[" || character === "{") {
      depth++
      if (depth > MAX_JSON_LEVELS) {
        return true
      }
    } else if (character === "]" || character === "}") {
      depth--
    }
  }
  return false
}

const parseNumber = (literal: string): number | string => {
  const number = Number(literal)
  const isWhole = Number.isInteger(number)
  if (!Number.isFinite(number) || (isWhole && !isSafeNumber(literal))) {
    return literal
  }
  // JSON has -0, jsonb doesn't.
  return number + 0
}

/** undefined = deeper than `levels`. */
const store = (value: unknown, levels: number): JsonValue | undefined => {
  if (typeof value === "string") {
    return storableText(value)
  }
  if (typeof value === "boolean") {
    return value
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? value : String(value)
  }
  if (typeof value !== "object" || value === null) {
    return null
  }
  if (levels === 0) {
    return undefined
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => store(item, levels - 1))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  const entries: [string, JsonValue][] = []
  for (const [key, entry] of Object.entries(value)) {
    const stored = store(entry, levels - 1)
    if (stored === undefined) {
      return undefined
    }
    entries.push([storableText(key), stored])
  }
  // `fromEntries` defines keys instead of assigning them, so "__proto__" stays an ordinary key.
  return Object.fromEntries(entries)
}

/** With the `u` flag, `\p{Surrogate}` finds only halves that stand alone. */
const storableText = (text: string): string => text.replace(/[\0\p{Surrogate}]/gu, "\uFFFD")
