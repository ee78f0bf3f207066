/**
 * One line for a person, from what Postgres printed while it failed.
 *
 * @param output what the program printed, and the tail of the server's log where there is one
 * @param place the folder or file the person may have to look at
 */
export function explainPostgresFailure(output: string, place: string): string {
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    return `The disk that holds ${place} is full.`
  }
  if (isPortTaken(output)) {
    return "The port chosen for the embedded Postgres was taken by another program."
  }
  if (isLocaleMissing(output)) {
    return "This machine lacks the locales that Postgres needs."
  }
  if (/initialized by PostgreSQL version|incompatible with server/i.test(output)) {
    return `${place} was made by another version of Postgres. Delete that folder to begin with an empty database.`
  }
  if (/could not (create|resize|map) .*shared memory/i.test(output)) {
    return "This machine doesn't give Postgres enough shared memory."
  }
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
  const telling = lines.find((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line)) ?? lines.at(-1) ?? "no output"
  return `The embedded Postgres failed (${telling}). See ${place}.`
}

/** Whether the server gave up because its port is in use. */
export function isPortTaken(output: string): boolean {
  return /Address already in use|could not bind|could not create any TCP\/IP sockets/i.test(output)
}

/** Whether `initdb` refused a locale that isn't installed. */
export function isLocaleMissing(output: string): boolean {
  return /invalid locale/i.test(output)
}
