import { redactSecrets } from "../redaction"

/** What is used of knex's own logger. */
export interface KnexLogger {
  warn(message: unknown): void
}

/**
 * Has what knex says of broken connections said by somebody else, without statements: the error of a connection that broke is also that of its
 * last statement, whose text and values knex puts in front of it.
 */
export function leaveStatementsOut(knexLogger: KnexLogger, say: (message: string) => void): void {
  knexLogger.warn = (message) => say(redactSecrets(String(message)))
}
