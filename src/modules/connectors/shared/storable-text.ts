const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/**
 * Text that Postgres stores: NUL and lone surrogates become U+FFFD. Postgres refuses NUL in `text` and both in `jsonb`, and a
 * message that quotes hostile input must not keep its own exception from being written.
 */
export function storableText(text: string): string {
  return text.replaceAll("\u0000", "\uFFFD").replace(LONE_SURROGATE, "\uFFFD")
}
