import { execFile } from "node:child_process"
import { cp, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { promisify } from "node:util"
import { z } from "@medusajs/framework/zod"
import { argumentsOf, readDockerfile } from "../operations/dockerfile"
import { machineEnvironment } from "./child-program"
import { BUILT_PLATFORM } from "./platform-process"

const run = promisify(execFile)
const CHECKOUT = resolve(__dirname, "../..")

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })

/** A copy of the built platform with the packages of a production install, and nothing else of the checkout in reach. */
export interface ProductionInstall {
  folder: string
  remove(): Promise<void>
}

/**
 * Does what the Dockerfile's stage `install` does, step by step, in a folder of its own.
 *
 * Only `npm ci --omit=dev` is done another way, since it would download 700 MB: the same packages, those that the lockfile doesn't mark as
 * development's, are linked from the checkout's installation.
 */
export async function installForProduction(): Promise<ProductionInstall> {
  const folder = await mkdtemp(join(tmpdir(), "tcg-platform-install-"))
  const stage = readDockerfile().find(({ name }) => name === "install")
  await cp(BUILT_PLATFORM, folder, { recursive: true })
  for (const command of argumentsOf(stage, "RUN")) {
    if (command.startsWith("npm ci --omit=dev")) {
      await linkProductionPackages(folder)
    } else {
      await run("sh", ["-c", command], { cwd: folder, env: machineEnvironment() })
    }
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

async function linkProductionPackages(folder: string): Promise<void> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(join(CHECKOUT, "package-lock.json"), "utf8")))
  const outermost = Object.entries(packages)
    .filter(([path, { dev }]) => !dev && /^node_modules\/[^/]+(\/[^/]+)?$/.test(path) && !/\/node_modules\//.test(path))
    .map(([path]) => path)
  await linkAll(outermost, folder)
}

/** Hard links where both folders are on one disk, copies otherwise. An optional package of another platform isn't there to link. */
async function linkAll(paths: string[], folder: string): Promise<void> {
  const script = `
    for path in "$@"; do
      [ -e "$path" ] || continue
      mkdir -p "$TARGET/$(dirname "$path")"
      cp -a --link "$path" "$TARGET/$path" 2>/dev/null || { rm -rf "$TARGET/$path"; cp -a "$path" "$TARGET/$path"; }
    done
    mkdir -p "$TARGET/node_modules/.bin"
    cp -a node_modules/.bin/medusa "$TARGET/node_modules/.bin/"`
  await run("sh", ["-c", script, "link", ...paths], {
    cwd: CHECKOUT,
    env: { ...machineEnvironment(), TARGET: folder },
    maxBuffer: 16 * 1024 * 1024,
  })
}
