import { spawnSync } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { readFileIfPresent, withExclusiveLock } from "../exclusive-lock"

describe("withExclusiveLock", () => {
  let folder: string
  let lockFile: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "exclusive-lock-"))
    lockFile = join(folder, "deep", "build.lock")
  })

  afterEach(() => rm(folder, { recursive: true, force: true }))

  it("lets five callers work one after the other", async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++inside)
      await sleep(20)
      inside--
    }
    await Promise.all(Array.from({ length: 5 }, () => withExclusiveLock(lockFile, { waitMs: 10_000 }, work)))
    expect(most).toBe(1)
  })

  it("takes over the lock of a process that died", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""])
    await withExclusiveLock(lockFile, { waitMs: 1_000 }, () => Promise.resolve())
    await writeFile(lockFile, `${pid} left behind`)
    await expect(withExclusiveLock(lockFile, { waitMs: 5_000 }, () => Promise.resolve("done"))).resolves.toBe("done")
  })

  it("names the holder when the wait was in vain, and leaves its lock alone", async () => {
    await withExclusiveLock(lockFile, { waitMs: 1_000 }, async () => {
      const before = await readFile(lockFile, "utf8")
      const rival = withExclusiveLock(lockFile, { waitMs: 300 }, () => Promise.resolve())
      await expect(rival).rejects.toThrow(`Process ${process.pid} has held ${lockFile}`)
      expect(await readFile(lockFile, "utf8")).toBe(before)
    })
  })

  it("is free again after work that threw", async () => {
    const failing = withExclusiveLock(lockFile, { waitMs: 1_000 }, () => Promise.reject(new Error("no disk")))
    await expect(failing).rejects.toThrow("no disk")
    expect(await readFileIfPresent(lockFile)).toBeNull()
  })
})
