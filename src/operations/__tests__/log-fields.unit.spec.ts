import { EventEmitter } from "node:events"
import { setTimeout as sleep } from "node:timers/promises"
import { logger } from "@medusajs/framework"
import { withLogFields, withoutLogFields } from "../../modules/connectors/shared/log-fields"
import { attachLogFields } from "../attach-log-fields"

type Line = Record<string, unknown>

/** Medusa's own logger, so that a release which builds it another way is noticed here. */
describe("the fields of log lines", () => {
  const lines: Line[] = []

  beforeAll(() => {
    const holder: object = logger
    const inner: unknown = "loggerInstance_" in holder ? holder.loggerInstance_ : null
    if (!(inner instanceof EventEmitter)) {
      throw new Error("Medusa's logger holds no winston logger any more.")
    }
    inner.on("data", (line: Line) => lines.push(line))
    expect(attachLogFields(logger)).toBe(true)
    logger.setLogLevel("info")
  })

  beforeEach(() => lines.splice(0))

  afterAll(() => logger.unsetLogLevel())

  it("are those of the work in which the line is written, whatever goes on beside it", async () => {
    const work = (ordersn: string, ms: number) =>
      withLogFields({ order_sn: ordersn }, async () => {
        await sleep(ms)
        logger.info(`about ${ordersn}`)
        logger.warn(`again about ${ordersn}`)
      })
    await withLogFields({ shop_id: "700321" }, () => Promise.all([work("A", 20), work("B", 1)]))
    expect(lines).toMatchObject([
      { level: "info", message: "about B", order_sn: "B", shop_id: "700321" },
      { level: "warn", message: "again about B", order_sn: "B", shop_id: "700321" },
      { message: "about A", order_sn: "A", shop_id: "700321" },
      { message: "again about A", order_sn: "A", shop_id: "700321" },
    ])
  })

  it("are left out of what a request only sets going, and of lines about nothing", () => {
    withLogFields({ request_id: "r-1" }, () => {
      logger.info("in the request")
      withoutLogFields(() => logger.info("set going"))
    })
    logger.info("alone")
    expect(lines).toMatchObject([{ request_id: "r-1" }, { message: "set going" }, { message: "alone" }])
    expect(lines.slice(1).every((line) => !("request_id" in line))).toBe(true)
  })
})
