import { execFile } from "node:child_process"
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/** Every npm script but those that install runs its tool through `run.mjs`, and so does the image. */
describe("run.mjs", () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tcg-run-"))
    await copyFile(resolve(__dirname, "../run.mjs"), join(folder, "run.mjs"))
    await writeFile(
      join(folder, "tell.js"),
      "console.log(JSON.stringify([process.env.MEDUSA_DISABLE_TELEMETRY, ...process.argv.slice(2)]))"
    )
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function tell(environment: NodeJS.ProcessEnv): Promise<unknown> {
    const env = { PATH: process.env.PATH, ...environment }
    const { stdout } = await run(process.execPath, [join(folder, "run.mjs"), "tell", "a", "--b"], { env })
    return JSON.parse(stdout)
  }

  it("runs the tool with its arguments, and Medusa's telemetry off", async () => {
    expect(await tell({})).toEqual(["true", "a", "--b"])
  })

  it("leaves telemetry to whoever says so", async () => {
    expect(await tell({ MEDUSA_DISABLE_TELEMETRY: "false" })).toEqual(["false", "a", "--b"])
  })

  it("says that there is no such tool", async () => {
    await expect(run(process.execPath, [join(folder, "run.mjs"), "nothing"])).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^There is no tool nothing in [^\n]+\n$/),
    })
  })
})
