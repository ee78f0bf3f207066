import { setTimeout as sleep } from "node:timers/promises"
import type { SandboxOrder } from "../../../sandbox/control-client"
import type { FailPoint } from "../../../src/config/fail-points"
import type { PlatformProcess } from "../../support/platform-process"
import { seconds } from "../support/fault-result"
import { FaultWorld } from "../support/fault-world"

/** Booting on a machine that several suites share, and coming to the boundary. */
const DEATH_WAIT_MS = 120_000
const KILLED = 137

/** Several crashes of one shop. Stories are played at the same time, since most of it is waiting for leases to end. */
export abstract class CrashStory {
  private played: Promise<void> | null = null
  private readonly deaths = new Map<string, number>()
  private opened: FaultWorld | null = null

  constructor(private readonly suite: string) {}

  protected abstract tell(world: FaultWorld): Promise<void>

  /** Plays the story once; whoever asks for a part of it hears how it ended. */
  async play(): Promise<void> {
    this.played ??= (async () => {
      this.opened = await FaultWorld.open(this.suite)
      await this.tell(this.opened)
    })()
    await this.played
  }

  get world(): FaultWorld {
    if (!this.opened) {
      throw new Error("The story has not been played.")
    }
    return this.opened
  }

  async end(): Promise<void> {
    await this.opened?.close()
  }

  /** Seconds since a process died there. */
  secondsSince(death: string): number {
    return seconds(Date.now() - this.diedAt(death))
  }

  /** Epoch milliseconds. */
  diedAt(death: string): number {
    const at = this.deaths.get(death)
    if (at === undefined) {
      throw new Error(`Nobody died at ${death}.`)
    }
    return at
  }

  protected noteDeath(death: string): void {
    this.deaths.set(death, Date.now())
  }

  /** Waits until a process ends itself at a fail point. @throws Error when it lives on, or ends otherwise */
  protected async untilDead(
    victim: { exited: Promise<number>; log(): Promise<string> },
    point: FailPoint
  ): Promise<void> {
    const code = await Promise.race([victim.exited, sleep(DEATH_WAIT_MS, null, { ref: false })])
    const log = await victim.log()
    if (code !== KILLED || !log.includes(`[fail-point] ${point}:`)) {
      throw new Error(`The process should have died at ${point}; its exit code is ${code}.\n${log.slice(-3_000)}`)
    }
    this.noteDeath(point)
  }

  /** Makes orders due and lets a worker die at a fail point of their way. */
  protected async dieAt(point: FailPoint, server: PlatformProcess, orders: SandboxOrder[]): Promise<void> {
    await this.world.tellAll(server, orders)
    const victim = await this.world.launch(`dies-at-${point}`, { mode: "worker", failPoints: point })
    await this.untilDead(victim, point)
    await this.world.expectNothingForgottenOrTold()
  }
}
