import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { closeSync, mkdirSync, openSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { createConnection } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { findFreePort } from "../../../tooling/free-port"
import { eventually } from "../../support/eventually"
import { machineEnvironment } from "../../support/child-program"

const HOW_TO_INSTALL =
  "redis-server is not installed: `apt-get install redis-server` (Debian), `brew install redis` (macOS)."

/** Whether this machine has Redis. Postgres comes with npm; Redis does not. */
export const isRedisInstalled = (): boolean => spawnSync("redis-server", ["--version"]).status === 0

/** A Redis of this suite, which may be killed and flushed. It keeps nothing when it ends, as Medusa's papers don't ask it to. */
export class RedisProcess {
  private child: ChildProcess | null = null

  private constructor(
    readonly port: number,
    private readonly folder: string,
    private readonly logFile: string
  ) {}

  /** @throws Error that says how to install it */
  static async start(logFile: string): Promise<RedisProcess> {
    if (!isRedisInstalled()) {
      throw new Error(HOW_TO_INSTALL)
    }
    const redis = new RedisProcess(await findFreePort(), await mkdtemp(join(tmpdir(), "faults-redis-")), logFile)
    await redis.start()
    return redis
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Starts it, empty, on its port. */
  async start(): Promise<void> {
    mkdirSync(dirname(this.logFile), { recursive: true })
    const log = openSync(this.logFile, "a")
    const flags = [
      "--port",
      String(this.port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      this.folder,
    ]
    this.child = spawn("redis-server", flags, { env: machineEnvironment(), stdio: ["ignore", log, log] })
    closeSync(log)
    await eventually("Redis to answer", async () => (await this.command("PING").catch(() => "")).includes("PONG"))
  }

  /** As when its machine is lost. */
  async kill(): Promise<void> {
    const { child } = this
    this.child = null
    if (child && child.exitCode === null) {
      child.kill("SIGKILL")
      await once(child, "exit")
    }
  }

  /** Forgets everything. */
  async flush(): Promise<void> {
    await this.command("FLUSHALL")
  }

  async stop(): Promise<void> {
    await this.kill()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** Sends one command without arguments. @returns what Redis says */
  private async command(name: "PING" | "FLUSHALL"): Promise<string> {
    return await new Promise((resolve, reject) => {
      const socket = createConnection(this.port, "127.0.0.1", () => socket.write(`${name}\r\n`))
      socket.once("data", (answer) => {
        socket.destroy()
        resolve(answer.toString())
      })
      socket.once("error", reject)
    })
  }
}
