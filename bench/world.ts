import { resolve } from "node:path"
import startDatabase from "../integration-tests/setup/start-database"
import stopDatabase from "../integration-tests/setup/stop-database"
import { endEveryProgram } from "../integration-tests/support/started-programs"
import { buildPlatform } from "../tooling/build-platform"
import { ShutdownStack } from "../tooling/shutdown-stack"
import { CoreWorkflows } from "./floors/core-workflows"
import { BenchShop, SKUS } from "./shop"

/**
 * What measures share: a Postgres, a shop, and the floor of core workflows, each started when it is first asked for and stopped at
 * the end of the run.
 */
export class BenchWorld {
  private shopOpened: Promise<BenchShop> | null = null
  private floorStarted: Promise<CoreWorkflows> | null = null
  private readonly shutdown = new ShutdownStack()
  private abandoned = false

  /** Builds the platform unless it is built, and starts a Postgres. */
  async open(): Promise<void> {
    await buildPlatform({ checkout: resolve(__dirname, ".."), admin: false })
    await this.shutdown.acquire(startDatabase, stopDatabase)
  }

  /** Whether everything is being stopped in the middle of a measure, whose errors say nothing then. */
  get isAbandoned(): boolean {
    return this.abandoned
  }

  /** The shop that measures share. */
  shop(): Promise<BenchShop> {
    this.shopOpened ??= this.openShop("bench")
    return this.shopOpened
  }

  /** A shop of a measure's own. */
  openShop(name: string): Promise<BenchShop> {
    return this.shutdown.acquire(
      () => BenchShop.open(name),
      (shop) => shop.close()
    )
  }

  /** Medusa's own workflows on the database of the shared shop. */
  coreWorkflows(): Promise<CoreWorkflows> {
    this.floorStarted ??= this.startFloor()
    return this.floorStarted
  }

  private async startFloor(): Promise<CoreWorkflows> {
    const shop = await this.shop()
    return await this.shutdown.acquire(
      () => CoreWorkflows.start(shop.world.settings, SKUS),
      (floor) => floor.stop()
    )
  }

  /** Stops everything, the last started first; what can't be stopped keeps nothing else running. */
  async close(): Promise<void> {
    for (const error of await this.shutdown.run()) {
      console.error(`The benchmark could not stop something: ${String(error)}`)
    }
  }

  /** Stops everything in the middle of a measure: the processes first, so that nobody waits for an answer of theirs. */
  async abandon(): Promise<void> {
    this.abandoned = true
    await endEveryProgram()
    await this.close()
  }
}
