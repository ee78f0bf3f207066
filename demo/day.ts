import { setTimeout as sleep } from "node:timers/promises"
import type { PushAnswer, SandboxOrder } from "../sandbox/control-client"
import type { ShutdownStack } from "../tooling/shutdown-stack"
import type { AlertReceiver, ReceivedAlert } from "./alert-receiver"
import { CATALOGUE, LATE_CARD, type Card } from "./catalogue"
import { compareOrders, type ComparedOrder } from "./compare"
import { compareStock } from "./compare-stock"
import { importLatencies } from "./latency"
import { readMedusaOrders, readStock } from "./medusa-orders"
import { OrderWatch, WATCH_INTERVAL_MS } from "./order-watch"
import { lengthOfDay, playDay } from "./play-day"
import type { Summary } from "./report"
import { EXPECTED_ALERTS, LATE_CARD_AT, OVERSOLD_SKUS, STORIES, type Story } from "./scenario"
import { addCard, type Shop } from "./seed-shop"
import type { World } from "./start-world"
import { clockText } from "./steps"
import type { Terminal } from "./terminal"

/** How long Medusa may take to catch up once the last push is out. */
const CATCH_UP_MS = 120_000
const CATCH_UP_POLL_MS = 2_000
/** Alerts are posted every 3 s: after this long nothing is owed any more. */
const LAST_ALERT_MS = 4_000
const ALERT_POLL_MS = 200
/** The operator enters the card at the latest then; the missing alert shows in the summary. */
const LATE_CARD_DEADLINE_MS = 90_000
const SKU_NOT_FOUND = "sku_not_found"

/** Lets the day happen, shows it, waits until Medusa has caught up, and compares. */
export class Day {
  private readonly startedAt = Date.now()
  private readonly firstSeenAt = new Map<string, number>()
  private readonly ordersns: string[] = []
  private readonly waitingForSku = new Set<string>()
  private readonly forged: (number | null)[] = []

  constructor(
    private readonly world: World,
    private readonly shop: Shop,
    private readonly terminal: Terminal
  ) {}

  /** @returns what the summary says of the day */
  async run(shutdown: ShutdownStack): Promise<Summary> {
    const { terminal, world } = this
    const stop = await shutdown.acquire(
      async () => new AbortController(),
      async (controller) => controller.abort()
    )
    const watch = await shutdown.acquire(
      async () => OrderWatch.start(world.admin, (ordersn) => this.firstSeenAt.set(ordersn, Date.now())),
      (started) => started.stop()
    )
    terminal.setStatus(() => this.statusText())
    const listener = {
      orderPlaced: (ordersn: string, story: Story) => this.orderPlaced(ordersn, story),
      pushForged: ({ status }: PushAnswer) => this.forged.push(status),
    }
    await Promise.all([playDay(world.sandbox, STORIES, listener, stop.signal), this.enterLateCard(stop.signal)])
    await world.sandbox.settlePushes()
    const orders = await this.catchUp()
    await watch.stop()
    terminal.clearStatus()
    return this.summarise(orders)
  }

  /** Shows an alert as it comes in. */
  showAlert({ error_class, message }: ReceivedAlert): void {
    const { style } = this.terminal
    this.terminal.paragraph(`   ${style.dim(this.clock())}  ${style.yellow("→ alert")}  `, `${error_class}: ${message}`)
  }

  private orderPlaced(ordersn: string, story: Story): void {
    this.ordersns.push(ordersn)
    if (story.order.lines.some(({ sku }) => LATE_CARD.variants.some((variant) => variant.sku === sku))) {
      this.waitingForSku.add(ordersn)
    }
    if (story.title) {
      this.say(`${ordersn}  ${story.title}`)
    }
  }

  /** The operator acts on the alerts, so not before they are there. */
  private async enterLateCard(signal: AbortSignal): Promise<void> {
    const { received } = this.world.alerts
    const deadline = this.startedAt + LATE_CARD_DEADLINE_MS
    await sleep(LATE_CARD_AT * 1000, null, { signal })
    while (
      (countByClass(received)[SKU_NOT_FOUND] ?? 0) < (EXPECTED_ALERTS[SKU_NOT_FOUND] ?? 0) &&
      Date.now() < deadline
    ) {
      await sleep(ALERT_POLL_MS, null, { signal })
    }
    this.say(`The operator enters ${LATE_CARD.title} in Medusa; the orders that wait for it go through by themselves`)
    await addCard(this.world.admin, this.shop, LATE_CARD)
  }

  private say(text: string): void {
    this.terminal.paragraph(`   ${this.terminal.style.dim(this.clock())}  `, text)
  }

  private clock(): string {
    return clockText((Date.now() - this.startedAt) / 1000)
  }

  private statusText(): string {
    const { firstSeenAt } = this
    const missing = this.ordersns.filter((ordersn) => !firstSeenAt.has(ordersn)).length
    const length = clockText(lengthOfDay(STORIES))
    return (
      `${this.clock()} of ${length}   Shopee ${this.ordersns.length} orders · Medusa ${firstSeenAt.size} · ` +
      `waiting ${missing} · alerts ${this.world.alerts.received.length}`
    )
  }

  /** Compares until everything is equal and every alert is there, or until Medusa had time enough. */
  private async catchUp(): Promise<{ shopee: SandboxOrder[]; compared: ComparedOrder[]; customers: number }> {
    const deadline = Date.now() + CATCH_UP_MS
    const expectedAlerts = Object.values(EXPECTED_ALERTS).reduce((sum, number) => sum + number, 0)
    for (;;) {
      const result = await this.compare()
      const isDone =
        result.compared.every(({ differences }) => differences.length === 0) &&
        alertsToActOn(this.world.alerts).length >= expectedAlerts
      if (isDone) {
        await sleep(LAST_ALERT_MS)
        return this.compare()
      }
      if (Date.now() > deadline) {
        return result
      }
      await sleep(CATCH_UP_POLL_MS)
    }
  }

  private async compare() {
    const shopee = await this.world.sandbox.orders()
    const medusa = await readMedusaOrders(this.world.admin)
    const customers = new Set(medusa.flatMap(({ customer }) => customer?.id ?? [])).size
    return { shopee, compared: compareOrders(shopee, medusa), customers }
  }

  private async summarise({ shopee, compared, customers }: Awaited<ReturnType<Day["catchUp"]>>): Promise<Summary> {
    const { sandbox, admin, alerts } = this.world
    const { statistics, pushes } = await sandbox.pushes({ last: 10_000 })
    return {
      orders: compared,
      customers: { expected: new Set(shopee.map(({ buyer_user_id }) => buyer_user_id)).size, found: customers },
      pushes: statistics,
      attempts: pushes.flatMap(({ attempts }) => attempts.map(({ status, fault }) => ({ status: status ?? 0, fault }))),
      forged: this.forged,
      importLatencies: importLatencies(pushes, this.firstSeenAt, this.waitingForSku),
      leftOut: this.waitingForSku.size,
      watchIntervalMs: WATCH_INTERVAL_MS,
      calls: await sandbox.calls(),
      alerts: { expected: EXPECTED_ALERTS, received: countByClass(alertsToActOn(alerts)) },
      stock: compareStock(shopee, stockBefore([...CATALOGUE, LATE_CARD]), await readStock(admin)),
      expectedOversold: OVERSOLD_SKUS,
    }
  }
}

/** Those that ask something of the operator; news, such as a night's proof, and all-clears come besides. */
function alertsToActOn({ received }: AlertReceiver): ReceivedAlert[] {
  return received.filter(({ level }) => level !== "info" && level !== "resolved")
}

function countByClass(alerts: readonly ReceivedAlert[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { error_class } of alerts) {
    counts[error_class] = (counts[error_class] ?? 0) + 1
  }
  return counts
}

function stockBefore(cards: readonly Card[]): Map<string, number> {
  return new Map(cards.flatMap(({ variants }) => variants.map(({ sku, stock }) => [sku, stock] as const)))
}
