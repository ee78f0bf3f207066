/**
 * `npm run demo`, `npm run bench` and `npm test` on a machine that has Node and nothing else: checks Node, installs what the lockfile
 * names unless it is installed, then runs what was asked for. Plain JavaScript without dependencies, since it runs first.
 */
import { spawn } from "node:child_process"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { constants } from "node:os"
import { delimiter, dirname, join, resolve, sep } from "node:path"
import { fileURLToPath } from "node:url"

const HEARTBEAT_MS = 10_000
const checkout = resolve(dirname(fileURLToPath(import.meta.url)), "..")

const TARGETS = {
  install: null,
  // Not by the tsx command: its wrapper kills a child that takes a moment to stop everything it started.
  demo: { command: process.execPath, args: ["--import", "tsx", "demo/main.ts"], nodeOptions: [] },
  // A load that disturbs what it measures as little as it can.
  bench: { command: process.execPath, args: ["--import", "tsx", "bench/main.ts"], nodeOptions: ["--v8-pool-size=1"] },
  // Jest's own loader can't import() the ESM-only Shopee SDK without this flag, and Node warns about it in each worker.
  test: {
    command: "jest",
    args: [],
    nodeOptions: ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning"],
  },
}

/** Node's versions that Medusa 2.21 supports: ^20.19 || >=22.12 */
function isSupported(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22
}

/** Compared by content: the time stamps of both files say nothing after a checkout or a copy. */
function isInstalled() {
  const hidden = join(checkout, "node_modules", ".package-lock.json")
  if (!existsSync(hidden)) {
    return false
  }
  const packagesIn = (file) => JSON.parse(readFileSync(file, "utf8")).packages ?? {}
  const installed = packagesIn(hidden)
  const wanted = Object.entries(packagesIn(join(checkout, "package-lock.json")))
  return wanted.every(([path, { version, optional, devOptional, peer, extraneous }]) => {
    const found = installed[path]
    return path === "" || (found ? found.version === version : Boolean(optional || devOptional || peer || extraneous))
  })
}

/** npm makes all folders first and fills them one by one. */
function countPackages(folder = join(checkout, "node_modules")) {
  if (!existsSync(folder)) {
    return 0
  }
  const names = readdirSync(folder).map((name) => join(folder, name))
  const scopes = names.filter((path) => path.includes(`${sep}@`, folder.length))
  const filled = names.filter((path) => existsSync(join(path, "package.json")))
  return scopes.reduce((sum, scope) => sum + countPackages(scope), filled.length)
}

async function install() {
  console.log("Installing the packages that package-lock.json names (about 700 MB, two minutes on a fast line) ...")
  const started = Date.now()
  const heartbeat = setInterval(() => {
    const seconds = Math.round((Date.now() - started) / 1000)
    console.log(`  ... ${seconds} s, ${countPackages()} of about 1100 packages`)
  }, HEARTBEAT_MS)
  const npm = process.env.npm_execpath
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"]
  const code = await (npm ? run(process.execPath, [npm, ...args]) : run("npm", args))
  clearInterval(heartbeat)
  if (code !== 0) {
    throw new Error(`npm ci failed (exit code ${code}). Is there a way to the npm registry, and 2 GB of free disk?`)
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`)
}

function run(command, args, env = {}) {
  const path = [join(checkout, "node_modules", ".bin"), process.env.PATH].join(delimiter)
  const child = spawn(command, args, {
    cwd: checkout,
    stdio: "inherit",
    env: { ...process.env, ...env, PATH: path },
    shell: process.platform === "win32",
  })
  // A terminal sends Ctrl-C to the child by itself; dying first would leave it without its parent.
  const passOn = (signal) => (signal === "SIGINT" && process.stdin.isTTY ? undefined : child.kill(signal))
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"]
  signals.forEach((signal) => process.on(signal, passOn))
  return new Promise((done, fail) => {
    child.once("error", (error) => fail(new Error(`Can't run ${command}: ${error.message}`)))
    child.once("exit", (code, signal) => done(code ?? 128 + constants.signals[signal]))
  }).finally(() => signals.forEach((signal) => process.off(signal, passOn)))
}

async function main() {
  const [target = "", ...args] = process.argv.slice(2)
  if (!(target in TARGETS)) {
    throw new Error(
      `Unknown target "${target}". Usage: node tooling/launch.mjs ${Object.keys(TARGETS).join("|")} [arguments]`
    )
  }
  if (!isSupported(process.versions.node)) {
    throw new Error(
      `Node ${process.versions.node} is too old or odd: install Node 22.12 or later, or 20.19 or later of 20.`
    )
  }
  if (!isInstalled()) {
    await install()
  }
  const todo = TARGETS[target]
  if (!todo) {
    return 0
  }
  const nodeOptions = [process.env.NODE_OPTIONS, ...todo.nodeOptions].filter(Boolean).join(" ")
  return run(todo.command, [...todo.args, ...args], nodeOptions ? { NODE_OPTIONS: nodeOptions } : {})
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error.message)
    process.exit(1)
  }
)
