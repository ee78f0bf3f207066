import { explainPostgresFailure } from "../postgres-failure"

describe("explainPostgresFailure", () => {
  it.each([
    [
      "a full disk",
      'FATAL: could not write file "pg_wal/x": No space left on device',
      /disk that holds \/here is full/,
    ],
    ["a taken port", 'LOG: could not bind IPv4 address "127.0.0.1": Address already in use', /port .* was taken/],
    ["a missing locale", 'initdb: error: invalid locale name "C.UTF-8"', /lacks the locales/],
    [
      "another version's files",
      "DETAIL: The data directory was initialized by PostgreSQL version 15, which is not compatible",
      /another version of Postgres\. Delete that folder/,
    ],
  ])("says %s in one line", (_, output, expected) => {
    const line = explainPostgresFailure(output, "/here")
    expect(line).toMatch(expected)
    expect(line).not.toContain("\n")
  })

  it("quotes the first error of an output that it doesn't know", () => {
    const output = "LOG: starting\nFATAL: lock file is empty\nLOG: shut down\n"
    expect(explainPostgresFailure(output, "/here")).toBe(
      "The embedded Postgres failed (FATAL: lock file is empty). See /here."
    )
  })
})
