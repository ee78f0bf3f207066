import { randomUUID } from "node:crypto"
import { createProductsWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { type RunningSandbox, startSandbox } from "../../sandbox/start-sandbox"
import { SHOPEE_CONNECTOR_MODULE } from "../../src/modules/connectors/shopee"
import { exchangeAuthorizationCode } from "../../src/modules/connectors/shopee/client/exchange-authorization-code"
import { requireShopeeConfig } from "../../src/modules/connectors/shopee/config"
import { drainInbox } from "../../src/modules/connectors/shopee/inbox/drain"
import type ShopeeConnectorService from "../../src/modules/connectors/shopee/service"
import { PushCode, RawEventSource } from "../../src/modules/connectors/shopee/types/enums"
import type { IncomingEvent } from "../../src/modules/connectors/shopee/types/inbox"
import { findingIdentity } from "../../src/modules/connectors/shopee/webhook/event-identity"

export const SHOP_ID = 700321
export const PARTNER_KEY = "partner-key-of-the-suite"
export const PUSH_KEY = "push-key-of-the-suite"
/** As saved in the console; where pushes really go is told to the sandbox separately. */
export const CALLBACK_URL = "https://shop.test/connectors/shopee/webhook"

/** An address at which nobody listens: pushes there are lost. */
export const NOWHERE = "http://127.0.0.1:9/"

/** Starts a sandbox and points this process's environment at it. Call it before Medusa reads the connector's configuration. */
export async function startSandboxForThisProcess(): Promise<RunningSandbox> {
  const sandbox = await startSandbox({
    partnerId: 2000321,
    partnerKey: PARTNER_KEY,
    pushKey: PUSH_KEY,
    shopId: SHOP_ID,
    callbackUrl: CALLBACK_URL,
    // Nothing is delivered until a suite says where its server listens.
    deliveryUrl: NOWHERE,
    retryDelays: [],
  })
  Object.assign(process.env, {
    SHOPEE_PARTNER_ID: "2000321",
    SHOPEE_PARTNER_KEY: PARTNER_KEY,
    SHOPEE_PUSH_PARTNER_KEY: PUSH_KEY,
    SHOPEE_SHOP_ID: String(SHOP_ID),
    SHOPEE_WEBHOOK_URL: CALLBACK_URL,
    SHOPEE_API_BASE_URL: sandbox.apiBaseUrl,
  })
  return sandbox
}

export const connectorOf = (container: MedusaContainer): ShopeeConnectorService =>
  container.resolve<ShopeeConnectorService>(SHOPEE_CONNECTOR_MODULE)

/** The seller's click and the operator's script in one. */
export async function authorizeShop(container: MedusaContainer, sandbox: RunningSandbox): Promise<void> {
  const code = await sandbox.control.authorize(SHOP_ID, { push: false })
  await exchangeAuthorizationCode(requireShopeeConfig(), connectorOf(container), code)
}

/**
 * What a reconciliation finding does: says "look at these orders again". Each call is a run of its own.
 *
 * @returns ids of the events
 */
export async function lookAgain(
  container: MedusaContainer,
  ordersns: string[],
  event: Partial<IncomingEvent> = {}
): Promise<string[]> {
  const run = randomUUID()
  return await connectorOf(container).recordEvents(
    ordersns.map((ordersn) => ({
      eventType: PushCode.ORDER_STATUS_UPDATE,
      shopeeEventId: null,
      shopId: String(SHOP_ID),
      ordersn,
      payload: { ordersn },
      rawBody: null,
      signature: null,
      signatureOk: null,
      source: RawEventSource.RECONCILE,
      identity: findingIdentity(run, String(SHOP_ID), ordersn),
      ...event,
    }))
  )
}

/** Looks at these orders again, and works on everything that is due. */
export async function followOrders(container: MedusaContainer, ...ordersns: string[]): Promise<void> {
  await lookAgain(container, ordersns)
  await drainInbox(container)
}

/** A product whose variants have these SKUs and, at the only stock location, this stock. */
export async function stockCards(container: MedusaContainer, stock: Record<string, number>): Promise<void> {
  const skus = Object.keys(stock)
  const { result: products } = await createProductsWorkflow(container).run({
    input: {
      products: [
        {
          title: "Ember Drake",
          status: "published",
          options: [{ title: "Card", values: skus }],
          variants: skus.map((sku) => ({
            title: sku,
            sku,
            manage_inventory: true,
            options: { Card: sku },
            prices: [],
          })),
        },
      ],
    },
  })
  if (products.length !== 1) {
    throw new Error("The product was not created.")
  }
  const inventory = container.resolve(Modules.INVENTORY)
  const locations = container.resolve(Modules.STOCK_LOCATION)
  const [known] = await locations.listStockLocations({})
  const location = known ?? (await locations.createStockLocations({ name: "Shop" }))
  const items = await inventory.listInventoryItems({ sku: skus })
  await inventory.createInventoryLevels(
    items.map((item) => ({
      inventory_item_id: item.id,
      location_id: location.id,
      stocked_quantity: stock[item.sku ?? ""] ?? 0,
    }))
  )
}

/** Stocked and reserved pieces of a SKU, over all locations. */
export async function stockOf(container: MedusaContainer, sku: string): Promise<{ stocked: number; reserved: number }> {
  const inventory = container.resolve(Modules.INVENTORY)
  const items = await inventory.listInventoryItems({ sku })
  const levels = await inventory.listInventoryLevels({ inventory_item_id: items.map(({ id }) => id) })
  const sum = (amounts: unknown[]) => amounts.reduce<number>((total, amount) => total + Number(amount), 0)
  return {
    stocked: sum(levels.map((level) => level.stocked_quantity)),
    reserved: sum(levels.map((level) => level.reserved_quantity)),
  }
}

/** Calls that the sandbox had about orders, returns and settlements, by the end of their path. Jobs may ask about pushes at any time. */
export async function callsAboutOrders(sandbox: RunningSandbox): Promise<Record<string, number>> {
  const { by_endpoint } = await sandbox.control.calls()
  return Object.fromEntries(
    Object.entries(by_endpoint)
      .filter(([path]) => !path.startsWith("/push/"))
      .map(([path, count]) => [path.split("/").at(-1) ?? path, count])
  )
}
