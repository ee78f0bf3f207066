import { CATALOGUE, LATE_CARD } from "../catalogue"
import { BUYERS } from "../buyers"
import { lengthOfDay } from "../play-day"
import { EXPECTED_ALERTS, LATE_CARD_AT, OVERSOLD_SKUS, STORIES } from "../scenario"

const LATE_SKUS = LATE_CARD.variants.map(({ sku }) => sku)

/** Pieces that are sold of a SKU and not given back by a cancellation. */
function soldPieces(sku: string): number {
  return STORIES.filter(({ then = [] }) => !then.some((step) => "move" in step && step.move === "CANCELLED"))
    .flatMap(({ order }) => order.lines)
    .filter((line) => line.sku === sku)
    .reduce((sum, { quantity }) => sum + quantity, 0)
}

describe("the demo's day", () => {
  it("has at least forty orders, and is over in a minute", () => {
    expect(STORIES.length).toBeGreaterThanOrEqual(40)
    expect(lengthOfDay(STORIES)).toBeLessThanOrEqual(45)
  })

  it("sells more than there is of the oversold SKUs only, and of each by one piece", () => {
    const short = [...CATALOGUE, LATE_CARD]
      .flatMap(({ variants }) => variants)
      .map(({ sku, stock }) => ({ sku, short: soldPieces(sku) - stock }))
      .filter(({ short }) => short > 0)
    expect(short).toEqual(OVERSOLD_SKUS.map((sku) => ({ sku, short: 1 })))
  })

  it("expects one alert for each order of a card that isn't in Medusa when it is sold", () => {
    const orders = STORIES.filter(({ order }) => order.lines.some(({ sku = "" }) => LATE_SKUS.includes(sku)))
    expect(orders).toHaveLength(EXPECTED_ALERTS.sku_not_found ?? 0)
    // Alerts are posted every 3 s: the order must be known to wait before the card is entered.
    expect(Math.max(...orders.map(({ at }) => at))).toBeLessThan(LATE_CARD_AT - 5)
  })

  it("loses no push without a later one of the same order", () => {
    const lost = STORIES.filter(({ push }) => push?.kind === "drop" || push?.kind === "tamper")
    expect(lost.length).toBeGreaterThan(1)
    for (const { then = [] } of lost) {
      expect(then.some((step) => "move" in step && step.push === undefined)).toBe(true)
    }
  })

  it("delivers the later push of a reordered pair before anything else releases the first", () => {
    const times = STORIES.flatMap(({ at, then = [] }) => [at, ...then.map(({ after }) => at + after)])
    for (const { at, then = [] } of STORIES.filter(({ push }) => push?.kind === "reorder")) {
      const next = at + (then[0]?.after ?? 0)
      expect(times.filter((time) => time > at && time < next)).toEqual([])
    }
  })

  it("gives no two buyers one id, and one buyer two orders", () => {
    expect(new Set(BUYERS.map(({ userId }) => userId)).size).toBe(BUYERS.length)
    const buyers = STORIES.map(({ order }) => order.buyer?.user_id)
    expect(buyers.length - new Set(buyers).size).toBe(1)
  })
})
