import type { ShutdownStack } from "../tooling/shutdown-stack"
import { CATALOGUE } from "./catalogue"
import { readImportedOrders } from "./medusa-orders"
import { OrderWatch } from "./order-watch"
import type { World } from "./start-world"
import type { Terminal } from "./terminal"

/** Shows how to go on by hand, and says which orders arrive. Never resolves: Ctrl-C is the end. */
export async function stayUp(world: World, terminal: Terminal, shutdown: ShutdownStack): Promise<never> {
  const { settings, admin } = world
  const { style } = terminal
  const rows: [label: string, text: string][] = [
    ["Admin", settings.adminUrl],
    ["Login", `${settings.operator.email}  ${settings.operator.password}`],
    ["Shopee", `${settings.sandboxUrl}/sandbox   (its calls: sandbox/README.md)`],
  ]
  terminal.line()
  terminal.line(style.bold("Everything stays up until Ctrl-C"))
  rows.forEach(([label, text]) => terminal.line(`   ${label.padEnd(8)}${style.cyan(text)}`))
  terminal.line()
  terminal.line("   Place an order on Shopee and watch it arrive:")
  terminal.line(`   ${style.cyan(orderCommand(settings.sandboxUrl))}`)
  terminal.line()

  const before = new Set((await readImportedOrders(admin, null)).map(({ ordersn }) => ordersn))
  let arrived = 0
  const onOrder = (ordersn: string) => {
    if (!before.has(ordersn)) {
      arrived++
      terminal.line(`   ${style.green("✓")} Order ${ordersn} is in Medusa`)
    }
  }
  // Who keeps asking keeps the platform from ending.
  await shutdown.acquire(
    async () => OrderWatch.start(admin, onOrder),
    (watch) => watch.stop()
  )
  terminal.setStatus(() => `Running: ${before.size + arrived} orders in Medusa. Ctrl-C stops everything.`)
  return new Promise<never>(() => undefined)
}

/** A command that places a paid order for the first card of the catalogue. */
function orderCommand(sandboxUrl: string): string {
  const [card] = CATALOGUE
  const [variant] = card?.variants ?? []
  const order = {
    status: "READY_TO_SHIP",
    lines: [{ sku: variant?.sku, name: card?.title, price: variant?.price, quantity: 1 }],
  }
  return `curl -s ${sandboxUrl}/sandbox/orders -d '${JSON.stringify(order)}'`
}
