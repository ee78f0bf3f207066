import { randomUUID } from "node:crypto"
import { mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

const POLL_MS = 200

/** Long enough for a rival that saw the same stale lock to have replaced ours before we trust it. */
const SETTLE_MS = 50

/** Whether a process with this id exists, whoever owns it. */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** The text of a file, or null when there is no such file. Throws for every other reason a file can't be read. */
export async function readFileIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return null
    }
    throw error
  }
}

/**
 * Runs `work` while no other process of this machine runs under the same lock file.
 *
 * The lock of a process that died is taken over, so a kill at any moment blocks nobody.
 *
 * @param lockFile absolute path; its folder is created
 * @param options.waitMs how long to wait for the present holder
 * @param options.onWait called once, when there is somebody to wait for
 * @throws Error naming the holder and the file when the wait was in vain
 */
export async function withExclusiveLock<T>(
  lockFile: string,
  options: { waitMs: number; onWait?: (holderPid: number) => void },
  work: () => Promise<T>
): Promise<T> {
  const token = `${process.pid} ${randomUUID()}`
  const deadline = Date.now() + options.waitMs
  await mkdir(dirname(lockFile), { recursive: true })
  let announced = false
  while (!(await tryAcquire(lockFile, token))) {
    const holder = Number.parseInt((await readFileIfPresent(lockFile)) ?? "", 10)
    if (Date.now() > deadline) {
      throw new Error(`Process ${holder} has held ${lockFile} for too long. If it isn't ours, delete that file.`)
    }
    if (!announced && Number.isInteger(holder)) {
      announced = true
      options.onWait?.(holder)
    }
    await sleep(POLL_MS)
  }
  try {
    return await work()
  } finally {
    if ((await readFileIfPresent(lockFile)) === token) {
      await rm(lockFile, { force: true })
    }
  }
}

async function tryAcquire(lockFile: string, token: string): Promise<boolean> {
  try {
    await writeFile(lockFile, token, { flag: "wx" })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error
    }
    await removeIfAbandoned(lockFile)
    return false
  }
  await sleep(SETTLE_MS)
  return (await readFileIfPresent(lockFile)) === token
}

async function removeIfAbandoned(lockFile: string): Promise<void> {
  const holder = Number.parseInt((await readFileIfPresent(lockFile)) ?? "", 10)
  if (Number.isInteger(holder) && !isProcessAlive(holder)) {
    await rm(lockFile, { force: true })
  }
}
