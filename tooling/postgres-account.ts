import { execFile } from "node:child_process"
import { createHash } from "node:crypto"
import { lstat, mkdir, stat } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * Who runs the embedded Postgres, and the folder its files lie in.
 *
 * Postgres refuses to run as root. A root shell therefore runs it as another account, which usually can't enter the
 * checkout (`/root` is 0700), so its files go below the system's temporary folder, one folder for each checkout.
 */
export interface PostgresAccount {
  /** Set only when Postgres runs as somebody else than we do. */
  readonly ids: { readonly uid: number; readonly gid: number } | null
  /** Absolute; exists; the account can enter it. */
  readonly folder: string
}

/**
 * Finds the account for the embedded Postgres of a checkout and creates its folder.
 *
 * @param checkout absolute path of the checkout
 * @throws Error with one line when root finds no account to run Postgres as, or no folder that this account can enter
 */
export async function findPostgresAccount(checkout: string): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) {
    const folder = join(checkout, ".data")
    await mkdir(folder, { recursive: true })
    return { ids: null, folder }
  }
  const ids = (await lookUpIds("postgres")) ?? (await lookUpIds("nobody"))
  if (!ids) {
    throw new Error("Postgres can't run as root, and this machine has neither an account postgres nor nobody.")
  }
  const key = createHash("sha256").update(checkout).digest("hex").slice(0, 12)
  const folder = join(await findOpenFolder(), `tcg-platform-${key}`)
  await mkdir(folder, { recursive: true, mode: 0o755 })
  const found = await lstat(folder)
  // Anybody may create names in a shared temporary folder: never run programs out of a folder somebody else prepared.
  if (!found.isDirectory() || found.uid !== 0) {
    throw new Error(`${folder} belongs to somebody else. Delete it, or set TMPDIR to another folder.`)
  }
  return { ids, folder }
}

async function lookUpIds(account: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", account]), run("id", ["-g", account])])
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) }
  } catch (error) {
    // `id` exits with 1 for an unknown account; anything else is a fault of this machine.
    if ((error as { code?: unknown }).code === 1) {
      return null
    }
    throw error
  }
}

async function findOpenFolder(): Promise<string> {
  const candidates = [tmpdir(), "/tmp", "/var/tmp"]
  for (const candidate of candidates) {
    if (await canEverybodyEnter(candidate)) {
      return candidate
    }
  }
  throw new Error(`Postgres can't run as root, and its account can enter none of ${candidates.join(", ")}.`)
}

/** Whether every folder from the root down to this one can be entered by every account. */
export async function canEverybodyEnter(folder: string): Promise<boolean> {
  let current = resolve(folder)
  for (;;) {
    const entry = await stat(current).catch(() => null)
    if (!entry?.isDirectory() || (entry.mode & 0o001) === 0) {
      return false
    }
    const parent = dirname(current)
    if (parent === current) {
      return true
    }
    current = parent
  }
}
