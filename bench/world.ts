import { resolve } from "node:path"
import startDatabase from "../integration-tests/setup/start-database"
import stopDatabase from "../integration-tests/setup/stop-database"
import { buildPlatform } from "../tooling/build-platform"
import { CoreWorkflows } from "./floors/core-workflows"
import { BenchShop, SKUS } from "./shop"

/**
 * What measures share: a Postgres, a shop, and the floor of core workflows, each started when it is first asked for and stopped at
 * the end of the run.
 */
export class BenchWorld {
  private shopOpened: Promise<BenchShop> | null = null
  private floorStarted: Promise<CoreWorkflows> | null = null
  private readonly closings: (() => Promise<void>)[] = []

  /** Builds the platform unless it is built, and starts a Postgres. */
  static async open(): Promise<BenchWorld> {
    await buildPlatform({ checkout: resolve(__dirname, ".."), admin: false })
    await startDatabase()
    const world = new BenchWorld()
    world.closings.push(stopDatabase)
    return world
  }

  /** The shop that measures share. */
  shop(): Promise<BenchShop> {
    this.shopOpened ??= this.openShop("bench")
    return this.shopOpened
  }

  /** A shop of a measure's own. */
  async openShop(name: string): Promise<BenchShop> {
    const shop = await BenchShop.open(name)
    this.closings.push(() => shop.close())
    return shop
  }

  /** Medusa's own workflows on the database of the shared shop. */
  coreWorkflows(): Promise<CoreWorkflows> {
    this.floorStarted ??= this.startFloor()
    return this.floorStarted
  }

  private async startFloor(): Promise<CoreWorkflows> {
    const shop = await this.shop()
    const floor = await CoreWorkflows.start(shop.world.settings, SKUS)
    this.closings.push(() => floor.stop())
    return floor
  }

  /** Stops everything, the last started first; what can't be stopped keeps nothing else running. */
  async close(): Promise<void> {
    for (const close of this.closings.splice(0).reverse()) {
      await close().catch((error: unknown) => console.error(`The benchmark could not stop something: ${String(error)}`))
    }
  }
}
