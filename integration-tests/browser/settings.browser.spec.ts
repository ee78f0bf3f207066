import { CALLBACK_URL, SHOP_ID } from "../support/shopee-shop"
import { describeInBrowser } from "./support/chromium"
import { type Desk, openDesk } from "./support/desk"

const DRAKE = "EMB-014-NM"
const DAY_SECONDS = 24 * 60 * 60
/** Workers look for jobs every few seconds, and then read Shopee's list day by day. */
const BACKFILL_MS = 180_000

describeInBrowser("the screen of settings", () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk("browser-settings", { authorized: false })
    await desk.admin.stockCards({ [DRAKE]: 10 })
  })

  afterAll(() => desk?.close())

  afterEach(() => {
    expect(desk.screen.takeProblems()).toEqual([])
  })

  it("connects a shop on Shopee's page, and says what a test of the connection finds", async () => {
    const { screen } = desk
    await screen.open("/connectors/settings")
    await screen.reads("Nobody has authorised this shop yet.")
    await screen.main.getByLabel("Not in order").first().waitFor()
    await screen.shot("not-connected")
    expect(await screen.scrollingSideways()).toEqual([])

    await screen.main.getByRole("button", { name: "Connect", exact: true }).click()
    await screen.reads(`Shop ${SHOP_ID} is connected.`)
    await screen.main.getByText("Connected", { exact: true }).waitFor()
    await screen.reads(/Shopee answered within \d+ ms/)
    await screen.main.getByText(CALLBACK_URL, { exact: true }).waitFor()
    await screen.reads("Shopee has exactly this URL saved.")
    await screen.main.getByRole("listitem").filter({ hasText: "3 · Order status" }).getByText("On").waitFor()
    await screen.shot("connected")
    await screen.wear("dark")
    await screen.reads(/Shopee answered within \d+ ms/)
    await screen.shot("connected-dark")
    expect(await screen.scrollingSideways()).toEqual([])
    await screen.wear("light")
  })

  it("says in words why an authorisation failed, and nothing that others put into the address", async () => {
    const { screen } = desk
    await screen.open("/connectors/settings?authorization=refused&reason=request")
    await screen.reads("Not connected: this authorisation was not begun by you in this browser")
    await screen.open("/connectors/settings?authorization=refused&reason=Pay%20at%20evil.example")
    await screen.reads(`Shop ${SHOP_ID}`)
    expect(await screen.main.getByText("evil.example").count()).toBe(0)
  })

  it("points out that Shopee has another callback URL saved", async () => {
    const { screen } = desk
    const { control } = desk.world.sandbox
    await control.setPushConfig({ callbackUrl: "https://elsewhere.test/hook" })
    await screen.open("/connectors/settings")
    await screen.reads("Shopee has https://elsewhere.test/hook saved. Paste the URL above there")
    await control.setPushConfig({ callbackUrl: CALLBACK_URL })
    await screen.main.getByRole("button", { name: "Test connection" }).click()
    await screen.reads("Shopee has exactly this URL saved.")
  })

  it("maps a listing to a variant, changes that, and forgets it", async () => {
    const { screen } = desk
    await screen.open("/connectors/settings")
    const mappings = screen.main.getByTestId("sku-mappings")
    await mappings.getByText("No mapping").waitFor()
    await mappings.getByRole("button", { name: "Add" }).click()
    const drawer = screen.page.getByRole("dialog")
    await drawer.getByLabel("Item id").fill("9007199254740993")
    await drawer.getByLabel("Search variants").fill(DRAKE)
    await drawer.getByRole("button", { name: DRAKE }).click()
    await drawer.getByLabel("Pieces per unit sold").fill("36")
    await screen.shot("add-mapping")
    await drawer.getByRole("button", { name: "Use this variant" }).click()
    await screen.reads("The listing is mapped")

    const row = mappings.getByRole("row", { name: "9007199254740993" })
    await row.getByText("36", { exact: true }).waitFor()
    await row.getByText(/@/).waitFor()
    await mappings.scrollIntoViewIfNeeded()
    await screen.shot("mappings")
    expect(await screen.scrollingSideways()).toEqual([])

    await row.getByRole("button").click()
    await screen.page.getByRole("menuitem", { name: "Change" }).click()
    await drawer.getByRole("button", { name: DRAKE, pressed: true }).waitFor()
    await drawer.getByLabel("Pieces per unit sold").fill("24")
    await drawer.getByRole("button", { name: "Use this variant" }).click()
    await row.getByText("24", { exact: true }).waitFor()

    await row.getByRole("button").click()
    await screen.page.getByRole("menuitem", { name: "Delete" }).click()
    await screen.page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click()
    await mappings.getByText("No mapping").waitFor()
  })

  it("takes days in again, and shows how far that is", async () => {
    const { screen } = desk
    const { order_sn: ordersn } = await desk.world.sandbox.control.createOrder({
      lines: [{ sku: DRAKE, name: "Ember Drake #014", price: 12.5, quantity: 1 }],
      status: "READY_TO_SHIP",
      create_time: Math.floor(Date.now() / 1_000) - 2 * DAY_SECONDS,
      push: false,
    })
    await screen.open("/connectors/settings")
    await screen.main.getByRole("button", { name: "Start", exact: true }).click()
    await screen.reads("The backfill has begun")
    await screen.main.getByRole("progressbar").first().waitFor()
    await screen.main.getByText("1 was missing or behind, and is taken in.").first().waitFor({ timeout: BACKFILL_MS })
    await screen.shot("backfill")
    expect(await desk.admin.ordersOf(ordersn)).toHaveLength(1)
  })
})
