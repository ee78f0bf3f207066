/** What Telegram takes at most, counted after its markup was read (Bot API, sendMessage). */
export const LONGEST_TELEGRAM_TEXT = 4096

/** Telegram refuses a message; `message` is what its API describes. */
export class TelegramRefusal extends Error {
  override readonly name = "TelegramRefusal"
}

/** A piece of a message: its text, and the names of the tags around it, outermost first. */
export interface TelegramSpan {
  text: string
  tags: string[]
}

const TAGS = new Set(["b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"])
const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' }

/**
 * Reads a message in Telegram's HTML mode as the Bot API does: the four named entities, known tags only, properly nested.
 *
 * @throws TelegramRefusal for what Telegram answers 400
 */
export function readTelegramHtml(html: string): TelegramSpan[] {
  const spans: TelegramSpan[] = []
  const open: string[] = []
  for (const [token] of html.matchAll(/<[^>]*>|<|[^<]+/g)) {
    if (token.startsWith("<")) {
      followTag(token, open)
    } else {
      spans.push({ text: decode(token), tags: [...open] })
    }
  }
  if (open.length > 0) {
    throw new TelegramRefusal(`Bad Request: can't parse entities: Can't find end tag corresponding to ${open.at(-1)}`)
  }
  const text = textOf(spans)
  if (text.trim() === "") {
    throw new TelegramRefusal("Bad Request: message text is empty")
  }
  if (text.length > LONGEST_TELEGRAM_TEXT) {
    throw new TelegramRefusal("Bad Request: message is too long")
  }
  return spans
}

/** What a reader sees. */
export const textOf = (spans: TelegramSpan[]): string => spans.map(({ text }) => text).join("")

function followTag(tag: string, open: string[]): void {
  const [, slash, name = ""] = /^<(\/?)([a-z-]+)(?:\s[^>]*)?>$/.exec(tag) ?? []
  if (!TAGS.has(name)) {
    throw new TelegramRefusal(`Bad Request: can't parse entities: Unsupported start tag "${tag.slice(1, 20)}"`)
  }
  if (!slash) {
    open.push(name)
  } else if (open.pop() !== name) {
    throw new TelegramRefusal(`Bad Request: can't parse entities: Unexpected end tag ${name}`)
  }
}

const decode = (text: string): string => text.replace(/&([a-z]+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
