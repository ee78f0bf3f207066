import { readFile } from "node:fs/promises"
import { SHOP_ID } from "../support/shopee-shop"
import { describeInBrowser } from "./support/chromium"
import { type Desk, openDesk } from "./support/desk"

const UNKNOWN = "GAL-007-NM"
const OVERVIEW = "/connectors"
const PAYOUTS = "/connectors/payouts"
const ALL_WELL = "All is well: orders flow, and nothing needs you."

/** An order that Shopee completed days ago, with what it settles for it. */
interface Settlement {
  ordersn: string
  completedDaysAgo: number
  amount: number
  /** Absent = not released. */
  paidOut?: number
}

const SETTLEMENTS: Settlement[] = [
  { ordersn: "261101EXACT", completedDaysAgo: 5, amount: 20.1, paidOut: 20.1 },
  { ordersn: "261101SHORT", completedDaysAgo: 5, amount: 30, paidOut: 28.5 },
  { ordersn: "261101YOUNG", completedDaysAgo: 2, amount: 12 },
  { ordersn: "261101LATE", completedDaysAgo: 12, amount: 45.5 },
]

/** How the connector is and what Shopee pays, as an operator reads it. */
describeInBrowser("the overview and the screen of payouts", () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk("browser-overview")
  })

  afterAll(() => desk?.close())

  afterEach(() => {
    expect(desk.screen.takeProblems()).toEqual([])
  })

  const link = (name: string | RegExp) => desk.screen.main.getByRole("link", { name })
  const rows = () => desk.screen.main.locator(":not(.sr-only) > table tbody tr")

  async function settle({ ordersn, completedDaysAgo, amount, paidOut }: Settlement): Promise<void> {
    const { database } = desk.world
    const shop = String(SHOP_ID)
    await database.query(
      `INSERT INTO shopee_order_sync (id, ordersn, shop_id, status, shopee_status, shopee_update_time)
       VALUES ($1, $2, $3, 'created', 'COMPLETED', now() - $4::int * interval '1 day')`,
      [`sosync_${ordersn}`, ordersn, shop, completedDaysAgo]
    )
    await database.query(
      `INSERT INTO shopee_escrow (id, ordersn, shop_id, escrow_amount, original_price, seller_discount, shopee_discount, voucher_from_seller,
         voucher_from_shopee, commission_fee, service_fee, seller_transaction_fee, actual_shipping_fee, seller_lost_compensation,
         buyer_total_amount, raw_escrow_amount, raw_original_price, raw_seller_discount, raw_shopee_discount, raw_voucher_from_seller,
         raw_voucher_from_shopee, raw_commission_fee, raw_service_fee, raw_seller_transaction_fee, raw_actual_shipping_fee,
         raw_seller_lost_compensation, raw_buyer_total_amount, currency, escrow_release_time, payout_amount, adds_up, difference,
         raw_escrow_payload, fetched_at)
       SELECT $1, $2, $3, $4::numeric, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, z, z, z, z, z, z, z, z, z, z, z, z, 'SGD',
         CASE WHEN $5::numeric IS NOT NULL THEN now() END, $5::numeric, true, 0, '{"order_income":{}}', now()
         FROM (SELECT '{"value":"0","precision":20}'::jsonb AS z) AS zero`,
      [`sesc_${ordersn}`, ordersn, shop, amount, paidOut ?? null]
    )
  }

  it("stands first in the menu, and says in one line that all is well", async () => {
    const { screen } = desk
    await screen.open(OVERVIEW)
    await screen.reads(ALL_WELL)
    await screen.main.getByRole("heading", { name: "Connected", exact: true }).waitFor()
    await screen.main.getByRole("heading", { name: "Nothing waits" }).waitFor()
    const menu = await screen.page.locator("aside").first().innerText()
    expect(menu).toMatch(/Connectors\s+Exceptions\s+Orders\s+Payouts\s+Settings/)
    await screen.shot("all-well")
    expect(await screen.scrollingSideways()).toEqual([])
  })

  it("says that the state could not be loaded, and loads it again when asked", async () => {
    const { screen } = desk
    await screen.page.route("**/admin/connectors/shopee/status", (route) =>
      route.fulfill({ status: 500, json: { message: "down" } })
    )
    screen.expectProblem(/500/)
    await screen.open(OVERVIEW)
    await screen.reads("The connector's state could not be loaded.")
    await screen.page.unroute("**/admin/connectors/shopee/status")
    await screen.page.getByRole("button", { name: "Try again" }).click()
    await screen.reads(ALL_WELL)
  })

  it("tells by itself of what needs somebody, and leads there", async () => {
    const { screen, world } = desk
    await screen.open(OVERVIEW)
    await screen.reads(ALL_WELL)
    const { order_sn: ordersn } = await world.sandbox.control.createOrder({
      lines: [{ sku: UNKNOWN, name: "Gale Serpent #007", price: 4, quantity: 1 }],
      status: "READY_TO_SHIP",
    })
    await Promise.all(SETTLEMENTS.map(settle))
    // Nobody reloads the page.
    await link(/^Unknown SKU: 1 open/).waitFor()
    await link(/^1 order is held/).waitFor()
    await link(/^1 payout is late/).waitFor()
    await screen.shot("attention")
    expect(await screen.scrollingSideways()).toEqual([])

    await link(/^Unknown SKU: 1 open/).click()
    await screen.main.getByRole("row", { name: new RegExp(ordersn) }).waitFor()
    expect(new URL(screen.page.url()).search).toBe("?error_class=sku_not_found")
    await screen.page.goBack()
    await link(/^1 order is held/).click()
    await screen.main.getByRole("row", { name: new RegExp(ordersn) }).waitFor()
    expect(await rows().count()).toBe(1)
  })

  it("draws orders and latency by hour, readable without seeing them", async () => {
    const { screen } = desk
    await screen.open(OVERVIEW)
    const table = screen.main.getByRole("table", { name: "Orders per hour" })
    await table.waitFor({ state: "attached" })
    expect(await table.locator("tbody tr").count()).toBe(24)
    await screen.page.getByRole("button", { name: "48 h" }).click()
    await table.locator("tbody tr").nth(47).waitFor({ state: "attached" })
    await screen.wear("dark")
    await screen.main.getByRole("heading", { name: "Connected", exact: true }).waitFor()
    await table.waitFor({ state: "attached" })
    await screen.shot("dark")
    await screen.wear("light")
  })

  it("payouts: the late one is found from the overview, and its row leads to the order", async () => {
    const { screen } = desk
    await screen.open(OVERVIEW)
    await link(/^1 payout is late/).click()
    await screen.main.getByRole("row", { name: /261101LATE/ }).waitFor()
    expect(await rows().count()).toBe(1)
    await link("261101LATE").click()
    await screen.page.waitForURL(/\/connectors\/orders\/261101LATE$/)
  })

  it("payouts: sums follow the filter, and the file has what the filter lets through", async () => {
    const { screen } = desk
    await screen.open(PAYOUTS)
    await screen.main.getByRole("row", { name: /261101YOUNG/ }).waitFor()
    const sums = screen.main.getByTestId("payout-totals")
    await sums.getByText("$107.60").waitFor()
    await screen.main.getByRole("row", { name: /261101SHORT.*-\$1\.50.*Not explained/ }).waitFor()
    await screen.shot("payouts")
    expect(await screen.scrollingSideways()).toEqual([])
    await screen.wear("dark")
    await screen.shot("payouts-dark")
    await screen.wear("light")

    await screen.open(`${PAYOUTS}?differs=true`)
    await sums.getByText("$30.00").waitFor()
    expect(await rows().count()).toBe(1)
    const [download] = await Promise.all([
      screen.page.waitForEvent("download"),
      screen.page.getByRole("button", { name: "Download CSV" }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^shopee-payouts-\d{4}-\d\d-\d\d\.csv$/)
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n")
    expect(lines).toEqual([
      expect.stringMatching(/^ordersn,shop_id,currency/),
      expect.stringMatching(/^261101SHORT,\d+,SGD,released,30,28\.5,0,-1\.5,unexplained,false/),
    ])
  })

  it("payouts: a week is chosen in the chart, and search finds an order", async () => {
    const { screen } = desk
    await screen.open(PAYOUTS)
    await screen.main.getByRole("row", { name: /261101YOUNG/ }).waitFor()
    const chart = screen.main.getByRole("group", { name: /^Payouts per week/ })
    await chart.focus()
    await screen.page.keyboard.press("End")
    await screen.page.keyboard.press("Enter")
    await screen.main.getByRole("row", { name: /261101YOUNG/ }).waitFor({ state: "detached" })
    expect(await rows().count()).toBe(2)

    await screen.open(PAYOUTS)
    await screen.main.getByPlaceholder("Order number").fill("SHP-261101YO")
    await screen.main.getByRole("row", { name: /261101EXACT/ }).waitFor({ state: "detached" })
    expect(await rows().count()).toBe(1)
  })
})
