import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MoveOptions, SandboxOrder } from "../../sandbox/control-client"
import type { RunningSandbox } from "../../sandbox/start-sandbox"
import { CONNECTOR_SHARED_MODULE } from "../../src/modules/connectors/shared"
import type ConnectorExceptionService from "../../src/modules/connectors/shared/service"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { eventually } from "./eventually"
import { authorizeShop, followOrders, startSandboxForThisProcess, stockCards } from "./shopee-shop"

/** A shop of a suite about orders: authorised, its cards stocked, its Shopee a sandbox. The same object for every test. */
export class SuiteShop {
  constructor(
    private readonly getContainer: () => MedusaContainer,
    private readonly getSandbox: () => RunningSandbox,
    /** Where the platform listens. */
    readonly getUrl: () => string
  ) {}

  get container(): MedusaContainer {
    return this.getContainer()
  }

  get sandbox(): RunningSandbox {
    return this.getSandbox()
  }

  /** The connector's own exceptions, oldest first. */
  async exceptions(filters: Record<string, unknown> = {}) {
    return await this.container
      .resolve<ConnectorExceptionService>(CONNECTOR_SHARED_MODULE)
      .listConnectorExceptions(filters, { take: 100, order: { created_at: "ASC" } })
  }

  /** Looks at these orders again, and works on everything that is due. */
  async follow(...ordersns: string[]): Promise<void> {
    await followOrders(this.container, ...ordersns)
  }

  /** Moves an order at Shopee, without a push. */
  async move(ordersn: string, status: string, options: MoveOptions = {}): Promise<SandboxOrder> {
    return await this.sandbox.control.moveOrder(ordersn, status, { push: false, ...options })
  }

  /**
   * Waits until nobody works on an order. One still at work when a test ends is written into the emptied database, in the middle of the
   * next test. Orders that wait for another try are left alone.
   */
  async restInbox(): Promise<void> {
    await this.sandbox.control.clearFaults()
    await eventually("an inbox at rest", async () => {
      await drainInbox(this.container)
      const { rows }: { rows: { claimed: string }[] } = await this.container
        .resolve(ContainerRegistrationKeys.PG_CONNECTION)
        .raw("SELECT count(*) AS claimed FROM shopee_order_sync WHERE claim_id IS NOT NULL")
      return rows[0]?.claimed === "0"
    })
  }
}

/**
 * A suite about orders, with a sandbox of its own. Before each test the sandbox is empty, the shop authorised and its cards stocked; after
 * each nothing is at work.
 *
 * @param stock pieces by SKU
 */
export function orderSuite(stock: Record<string, number>, define: (shop: SuiteShop) => void): void {
  let sandbox: RunningSandbox
  medusaIntegrationTestRunner({
    hooks: {
      beforeServerStart: async () => {
        sandbox = await startSandboxForThisProcess()
      },
    },
    testSuite: ({ api, getContainer }) => {
      const shop = new SuiteShop(
        getContainer,
        () => sandbox,
        () => String(api.defaults.baseURL)
      )

      beforeEach(async () => {
        await sandbox.control.reset()
        await authorizeShop(shop.container, sandbox)
        await stockCards(shop.container, stock)
      })

      afterEach(async () => {
        await shop.restInbox()
      })

      afterAll(async () => {
        await sandbox.close()
      })

      define(shop)
    },
  })
}
