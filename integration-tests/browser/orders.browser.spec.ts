import type { OrderSpec } from "../../sandbox/control-client"
import { inboxIsEmpty } from "../support/shop-world"
import { describeInBrowser } from "./support/chromium"
import { type Desk, openDesk } from "./support/desk"

const DRAKE = "EMB-014-NM"
const UNKNOWN = "EMB-999-NM"

const orderOf = (sku: string): OrderSpec => ({
  lines: [{ sku, name: "Ember Drake #014", price: 12.5, quantity: 2 }],
  shipping_fee: 1.99,
  status: "READY_TO_SHIP",
})

describeInBrowser("the screens of orders", () => {
  let desk: Desk

  beforeAll(async () => {
    desk = await openDesk("browser-orders")
    await desk.admin.stockCards({ [DRAKE]: 10 })
  })

  afterAll(() => desk?.close())

  afterEach(() => {
    expect(desk.screen.takeProblems()).toEqual([])
  })

  const place = async (sku: string): Promise<string> => {
    const { order_sn: ordersn } = await desk.world.sandbox.control.createOrder(orderOf(sku))
    await desk.world.sandbox.control.settlePushes()
    return ordersn
  }

  it("tell an order's story from the push to Medusa, with every payload, and have it looked at again", async () => {
    const { screen } = desk
    const ordersn = await place(DRAKE)
    await inboxIsEmpty(desk.world)

    await screen.open("/connectors/orders")
    const row = screen.main.getByRole("row", { name: ordersn })
    await row.getByText("In step").waitFor()
    await row.getByText("$26.99").waitFor()
    await screen.shot("list")
    expect(await screen.scrollingSideways()).toEqual([])

    await row.getByRole("link", { name: ordersn, exact: true }).click()
    await screen.reads("Imported into Medusa")
    await screen.reads("Payment captured: $26.99")
    await screen.shot("order")
    expect(await screen.scrollingSideways()).toEqual([])

    const pushed = screen.main.getByRole("listitem").filter({ hasText: "Shopee says: Ready to ship" })
    await pushed.getByRole("button", { name: "Payload" }).click()
    const drawer = screen.page.getByRole("dialog")
    await drawer.getByText("Verified: from Shopee").waitFor()
    await drawer.getByText(`"${ordersn}"`).waitFor()
    await screen.shot("payload")
    await screen.page.keyboard.press("Escape")
    await drawer.waitFor({ state: "detached" })

    await screen.main.getByRole("button", { name: "Sync now" }).click()
    await screen.reads("The order was read from Shopee, and Medusa has it as it is there.")
    await screen.reads("Somebody had the order looked at again")

    // Medusa's own page puts a <div> into a <p>.
    screen.expectProblem(/validateDOMNesting/)
    await screen.main.getByRole("link", { name: "Open in Medusa" }).click()
    await screen.main.getByTestId("shopee-order-widget").getByRole("link", { name: "Timeline and payloads" }).click()
    await screen.reads("What happened")
  })

  it("find an order by its number, and lead to what holds it", async () => {
    const { screen } = desk
    const ordersn = await place(UNKNOWN)

    await screen.open("/connectors/orders?progress=held")
    await screen.main.getByRole("row", { name: ordersn }).getByText("Unknown SKU").waitFor()
    await screen.open("/connectors/orders")
    await screen.main.getByPlaceholder("Order number").fill(`SHP-${ordersn}`)
    await screen.page.waitForURL((address) => address.searchParams.get("q") === `SHP-${ordersn}`)
    await screen.main.getByText("1 of 1 pages").waitFor()
    await screen.main.getByRole("row", { name: ordersn }).getByText("Held").click()

    await screen.wear("dark")
    await screen.reads(`no Medusa variant has the SKU "${UNKNOWN}"`)
    await screen.shot("held-dark")
    expect(await screen.scrollingSideways()).toEqual([])
    await screen.main.getByRole("link", { name: "Show the exception" }).click()
    await screen.page.getByRole("dialog").getByText("Say what was sold").first().waitFor()
    await screen.page.keyboard.press("Escape")
    await screen.wear("light")
  })

  it("offer to look an order up that the connector never heard of", async () => {
    const { screen } = desk
    screen.expectProblem(/404/)
    await screen.open("/connectors/orders/261126NOBODY99")
    await screen.reads("The connector never heard of this order.")
    await screen.main.getByRole("button", { name: "Sync now" }).waitFor()
  })
})
