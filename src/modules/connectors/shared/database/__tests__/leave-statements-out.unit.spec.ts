import { type KnexLogger, leaveStatementsOut } from "../leave-statements-out"

const STATEMENT = `WITH incoming AS (SELECT * FROM jsonb_to_recordset('[{"signature":"${"ab".repeat(32)}"}]'::jsonb)) SELECT 1`

describe("what knex says of a connection that broke", () => {
  it("goes on without the statement and its values", () => {
    const knexLogger: KnexLogger = { warn: () => undefined }
    const said: string[] = []
    leaveStatementsOut(knexLogger, (message) => said.push(message))
    knexLogger.warn(`Connection Error: Error: ${STATEMENT} - read ECONNRESET`)
    expect(said).toEqual(["Connection Error: Error: [statement] - read ECONNRESET"])
  })
})
