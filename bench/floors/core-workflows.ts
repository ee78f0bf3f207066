import { join, resolve } from "node:path"
import { ChildProgram } from "../../integration-tests/support/child-program"
import { BUILT_PLATFORM, logFileOf, productionEnvironment } from "../../integration-tests/support/platform-process"
import { findFreePort } from "../../tooling/free-port"

const CHECKOUT = resolve(__dirname, "../..")
const MEDUSA = join(CHECKOUT, "node_modules", "@medusajs", "cli", "cli.js")

/** A status update that Medusa has a workflow for. */
export type CoreMove = "pack" | "ship" | "deliver" | "complete"

/** What a run of the floor's loop did. */
export interface FloorRun {
  seconds: number
  orderIds: string[]
}

/** Medusa's own workflows in a process of their own, on the same database as the platform. */
export class CoreWorkflows {
  private constructor(
    private readonly program: ChildProgram,
    private readonly url: string
  ) {}

  /** Starts the process and waits until it takes tasks. @param skus cards that its orders hold */
  static async start(settings: NodeJS.ProcessEnv, skus: readonly string[]): Promise<CoreWorkflows> {
    const port = await findFreePort()
    const program = new ChildProgram(
      {
        name: "The floor of core workflows",
        args: [MEDUSA, "exec", join(__dirname, "core-workflows.js"), ...skus],
        cwd: BUILT_PLATFORM,
        env: productionEnvironment({ ...settings, FLOOR_PORT: String(port) }),
      },
      logFileOf("bench", "core-workflows")
    )
    const floor = new CoreWorkflows(program, `http://127.0.0.1:${port}`)
    try {
      // Any answer will do, also to a task that there is not.
      await program.untilUp(async () => (await floor.post({ task: "create", count: 0, concurrency: 1 })).ok)
    } catch (error) {
      await program.stop()
      throw error
    }
    return floor
  }

  /** Creates orders, reserves their stock and captures their payment, so many orders at a time. */
  create(count: number, concurrency: number): Promise<FloorRun> {
    return this.ask({ task: "create", count, concurrency })
  }

  /** Moves orders that have one parcel. */
  move(move: CoreMove, orderIds: readonly string[], concurrency: number): Promise<FloorRun> {
    return this.ask({ task: "move", move, orderIds, concurrency })
  }

  async stop(): Promise<void> {
    await this.program.stop()
  }

  private async ask(task: Record<string, unknown>): Promise<FloorRun> {
    const answer = await this.post(task)
    const text = await answer.text()
    if (!answer.ok) {
      throw new Error(`Medusa's own workflows failed at ${JSON.stringify(task).slice(0, 200)}: ${text}`)
    }
    return JSON.parse(text) as FloorRun
  }

  private async post(task: Record<string, unknown>): Promise<Response> {
    try {
      return await fetch(this.url, { method: "POST", body: JSON.stringify(task) })
    } catch {
      return Response.error() // Not listening yet.
    }
  }
}

/** How many orders at a time the loop does best with; a floor that was slowed by its own crowd would flatter us. */
export async function bestConcurrency(floor: CoreWorkflows, orders: number): Promise<number> {
  await floor.create(orders, 2) // Warms up what every process needs once.
  let best = { concurrency: 1, seconds: Number.POSITIVE_INFINITY }
  for (const concurrency of [1, 2, 4, 8]) {
    const { seconds } = await floor.create(orders, concurrency)
    if (seconds < best.seconds) {
      best = { concurrency, seconds }
    }
  }
  return best.concurrency
}
