/** Postgres: the table does not exist. */
const UNDEFINED_TABLE = "42P01"

/** What to do about a database that was never migrated. */
export const MISSING_TABLES = "The database has not the platform's tables: run npm run migrate."

/** Whether a query failed because its table does not exist. Pure. */
export const tablesAreMissing = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === UNDEFINED_TABLE
