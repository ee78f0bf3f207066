/** What stands where a secret stood. */
export const REDACTED = "[redacted]"

/** Longer texts are cut: nobody reads more in an alert, and an HTML error page can be megabytes. */
export const LONGEST_REDACTED_TEXT = 2_000

/** Read at most this much, so that the cost stays bounded for any input. */
const LONGEST_READ_TEXT = 16_384

// The names under which secrets travel: Shopee's query and body parameters, headers, and our own environment.
// A prefix such as SHOPEE_ or push_ belongs to the name.
const SECRET_NAME =
  "(?:[\\w-]{0,40}(?:access|refresh)_?token|[\\w-]{0,40}(?:partner|encryption|api|private)_?key|x-api-key|[\\w-]{0,40}secret|" +
  "[\\w-]{0,40}password|passwd|authorization|signature|sign|code|cookie|set-cookie)"
const NAME_START = "(?<![\\w-])"
// `=`, `:`, their percent-encoded forms, and the quotes of JSON, also of JSON inside a JSON string.
const QUOTE = "(?:\\\\{0,4}[\"']|%22)"
const ASSIGNS = "(?:=|:|%3A|%3D)"

const QUOTED_VALUE = new RegExp(
  `(${NAME_START}${SECRET_NAME}${QUOTE}?\\s{0,4}${ASSIGNS}\\s{0,4})(${QUOTE})(.*?)(?:(?<!\\\\)\\2|$)`,
  "gis"
)
// A header's value may have several words (`Bearer abc`, `SHA256 abc`) and ends with the line.
const HEADER_LINE = new RegExp(
  `(${NAME_START}(?:authorization|cookie|set-cookie)\\s{0,4}[:=]\\s{0,4})([^"'\\s][^\\r\\n"'}]*)`,
  "gi"
)
const BARE_VALUE = new RegExp(`(${NAME_START}${SECRET_NAME}${ASSIGNS})([^\\s&"'<>,;#{}()\\[\\]\\\\]+)`, "gi")
// After a space prose is likelier than a secret ("sign: see the guide"), unless it has a digit, as tokens do.
const SPACED_VALUE = new RegExp(
  `(${NAME_START}${SECRET_NAME}\\s{0,4}[:=]\\s{1,4})((?=[^\\s&"'<>,;#{}()\\[\\]]{0,200}\\d)[^\\s&"'<>,;#{}()\\[\\]]{6,})`,
  "gi"
)
const SCHEME_VALUE = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi
const URL_PASSWORD = /([a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]{0,200}:)[^\s/@]{1,500}@/gi
// Medusa's database layer puts the whole statement, with its values, in front of what Postgres said: `insert into "x" … - reason`.
const STATEMENT =
  /\b(?:(?:insert into|delete from|update) (?:"|shopee_|connector_|tcg_)|select [\s\S]{0,4000}?\sfrom (?:"|shopee_|connector_|tcg_)|with \w+ as \()[\s\S]*/i
// HMAC-SHA256 and everything longer in hex: signatures, raw keys.
const DIGEST = /(?<![0-9a-z])[0-9a-f]{64,}(?![0-9a-z])/gi

// `code` is also an error's code: Shopee's push codes and HTTP statuses are short numbers, Node's are E… words.
const HARMLESS_CODE = /^(?:-?\d{1,5}|E[A-Z_]{3,}|ERR_[A-Z_]+)$/
const NAMED_CODE = new RegExp(`${NAME_START}code(?:${QUOTE})?\\s*${ASSIGNS}\\s*$`, "i")

/**
 * Strips what must never be read by a person or written to a log: values of `access_token`, `refresh_token`, `sign`,
 * `partner_key`, `code`, `Authorization` and the like in URLs, JSON, headers and dumps; bearer strings; passwords in URLs;
 * digests of 64 and more hex digits; SQL statements with their values, which hold buyers. The result has at most 2,000 characters.
 */
export function redactSecrets(text: string): string {
  const redacted = wholeWordsOf(text.replace(STATEMENT, withoutStatement))
    .replace(URL_PASSWORD, `$1${REDACTED}@`)
    .replace(QUOTED_VALUE, (match, name: string, quote: string, value: string) =>
      isHarmless(name, value) ? match : `${name}${quote}${REDACTED}${quote}`
    )
    .replace(HEADER_LINE, `$1${REDACTED}`)
    .replace(BARE_VALUE, keepHarmless)
    .replace(SPACED_VALUE, keepHarmless)
    .replace(SCHEME_VALUE, `$1 ${REDACTED}`)
    .replace(DIGEST, REDACTED)
  return redacted.length <= LONGEST_REDACTED_TEXT ? redacted : `${redacted.slice(0, LONGEST_REDACTED_TEXT - 1)}…`
}

/** What Postgres said about a statement, without the statement. */
function withoutStatement(statement: string): string {
  const end = statement.lastIndexOf(" - ")
  return end < 0 ? "[statement]" : `[statement]${statement.slice(end)}`
}

function keepHarmless(match: string, name: string, value: string): string {
  return isHarmless(name, value) ? match : `${name}${REDACTED}`
}

function isHarmless(name: string, value: string): boolean {
  return value === "" || (NAMED_CODE.test(name) && HARMLESS_CODE.test(value))
}

/** A text that is cut is cut between words: half a digest would not be recognised as one. */
function wholeWordsOf(text: string): string {
  if (text.length <= LONGEST_READ_TEXT) {
    return text
  }
  let end = LONGEST_READ_TEXT
  while (end > 0 && /\S/.test(text.charAt(end - 1))) {
    end -= 1
  }
  return end > 0 ? text.slice(0, end) : `[${text.length} characters without a space]`
}
