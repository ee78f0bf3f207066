import { medusaIntegrationTestRunner } from "@medusajs/test-utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MoveOptions, SandboxOrder } from "../../sandbox/control-client"
import type { RunningSandbox } from "../../sandbox/start-sandbox"
import { CONNECTOR_SHARED_MODULE } from "../../src/modules/connectors/shared"
import type ConnectorExceptionService from "../../src/modules/connectors/shared/service"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import { PushCode } from "../../src/modules/connectors/shopee/types/enums"
import { type DeskCall, deskCall } from "./desk-call"
import { eventually } from "./eventually"
import { type LoggedInUser, logIn } from "./log-in"
import {
  authorizeShop,
  connectorOf,
  followOrders,
  lookAgain,
  SHOP_ID,
  startSandboxForThisProcess,
  stockCards,
} from "./shopee-shop"

/** What a suite's shop is before each test. */
interface ShopState {
  /** Pieces by SKU. */
  stock?: Record<string, number>
  /** False: nobody has authorised the shop, so that no order is read. */
  authorized?: boolean
}

/** A shop of a suite, its Shopee a sandbox. The same object for every test. */
export class SuiteShop {
  constructor(
    private readonly getContainer: () => MedusaContainer,
    private readonly getSandbox: () => RunningSandbox,
    private readonly getUrl: () => string
  ) {}

  get container(): MedusaContainer {
    return this.getContainer()
  }

  get sandbox(): RunningSandbox {
    return this.getSandbox()
  }

  /** Where the platform listens, without a slash at its end. */
  get url(): string {
    return this.getUrl()
  }

  /** A new user of the Admin, and the operator's API as this user calls it. */
  async logIn(email = "ann@shop.example"): Promise<{ user: LoggedInUser; call: DeskCall }> {
    const user = await logIn(this.container, this.url, email)
    return { user, call: deskCall(this.url, user) }
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

  /** Shopee's push 4 for each parcel that has a tracking number. Nothing works on it yet. */
  async tellTracking({ order_sn, packages }: SandboxOrder): Promise<void> {
    for (const { package_number, tracking_number } of packages.filter((parcel) => parcel.tracking_number)) {
      const data = { ordersn: order_sn, package_number, tracking_no: tracking_number }
      const payload = { code: PushCode.TRACKING_NO, data }
      await lookAgain(this.container, [order_sn], { eventType: PushCode.TRACKING_NO, payload })
    }
  }

  /** Works on the shop's orders until none is due. */
  async emptyInbox(): Promise<void> {
    await drainInbox(this.container)
    await eventually(
      "an empty inbox",
      async () => (await connectorOf(this.container).countDueOrders(String(SHOP_ID))) === 0
    )
    await drainInbox(this.container)
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

/** Tests about one subject, and what the shop is before each of them. */
export interface ShopPart {
  state: ShopState
  define: (shop: SuiteShop) => void
}

/** One subject of a suite that has several. */
export const shopPart = (state: ShopState, define: (shop: SuiteShop) => void): ShopPart => ({ state, define })

/** Before each test the sandbox is empty, and the shop as it is asked for; after each nothing is at work. */
function defineIn(shop: SuiteShop, { state: { stock, authorized = true }, define }: ShopPart): void {
  beforeEach(async () => {
    await shop.sandbox.control.reset()
    if (authorized) {
      await authorizeShop(shop.container, shop.sandbox)
    }
    if (stock) {
      await stockCards(shop.container, stock)
    }
  })

  afterEach(async () => {
    await shop.restInbox()
  })

  define(shop)
}

/** An application for all that is defined, with a sandbox of its own and a database that is as good as new before each test. */
function withApplication(define: (shop: SuiteShop) => void): void {
  let sandbox: RunningSandbox
  medusaIntegrationTestRunner({
    hooks: {
      beforeServerStart: async () => {
        sandbox = await startSandboxForThisProcess()
      },
    },
    testSuite: ({ api, getContainer }) => {
      afterAll(async () => {
        await sandbox.close()
      })

      define(new SuiteShop(
        getContainer,
        () => sandbox,
        () => String(api.defaults.baseURL)
      ))
    },
  })
}

/** A suite about one subject of a shop. */
export function shopSuite(state: ShopState, define: (shop: SuiteShop) => void): void {
  withApplication((shop) => defineIn(shop, { state, define }))
}

/**
 * A suite about several subjects, by their names. They share an application: to start one takes longer than most tests. What a process
 * remembers is shared as well (counters, how many forged pushes it has kept): a subject that looks at it gets a suite of its own.
 */
export function shopSuites(parts: Record<string, ShopPart>): void {
  withApplication((shop) => {
    for (const [subject, part] of Object.entries(parts)) {
      describe(subject, () => defineIn(shop, part))
    }
  })
}
