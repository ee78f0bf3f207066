import { join, resolve } from "node:path"
import { ChildProgram, machineEnvironment } from "../../integration-tests/support/child-program"
import { logFileOf } from "../../integration-tests/support/platform-process"
import { fewCollectorThreads } from "../../tooling/collector-threads"
import { findFreePort } from "../../tooling/free-port"
import { isListening } from "./is-listening"

/** What the forger's process is asked for: pushes are made before they are sent, so that making them disturbs nobody. */
export type ForgerTask =
  { task: "make"; count: number; prefix: string } | { task: "send"; port: number; perSecond: number }

/** Somebody who sends forged pushes, in a process of its own. */
export class Forger {
  private constructor(
    private readonly program: ChildProgram,
    private readonly url: string
  ) {}

  static async start(): Promise<Forger> {
    const port = await findFreePort()
    const program = new ChildProgram(
      {
        name: "The forger of pushes",
        args: ["--import", "tsx", join(__dirname, "forger-process.ts")],
        cwd: resolve(__dirname, "../.."),
        // With Node's own number of threads its search for garbage would be the platform's delay.
        env: { ...machineEnvironment(), NODE_OPTIONS: fewCollectorThreads(), FORGER_PORT: String(port) },
      },
      logFileOf("bench", "forger")
    )
    try {
      await program.untilUp(() => isListening(port))
    } catch (error) {
      await program.stop()
      throw error
    }
    return new Forger(program, `http://127.0.0.1:${port}`)
  }

  /** Makes the pushes of the next flood. @param prefix of the orders that they pretend to be about */
  make(count: number, prefix: string): Promise<void> {
    return this.ask({ task: "make", count, prefix })
  }

  /** Sends what was made at a constant rate. @throws Error when one is not answered 200 */
  send(port: number, perSecond: number): Promise<void> {
    return this.ask({ task: "send", port, perSecond })
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }

  private async ask(task: ForgerTask): Promise<void> {
    const answer = await fetch(this.url, { method: "POST", body: JSON.stringify(task) })
    if (!answer.ok) {
      throw new Error(`The forger failed: ${await answer.text()}`)
    }
  }
}
