import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "path"
import { CONNECTOR_SHARED_MODULE } from ".."
import { ALERT_GROUPING } from "../alert-grouping"
import { orderSubject, outageSubject, WEBHOOK_SIGNATURE_SUBJECT } from "../exception-subject"
import ConnectorException from "../models/connector-exception"
import ConnectorJob from "../models/connector-job"
import type ConnectorExceptionService from "../service"
import type { AlertPayload } from "../types/alert"
import { AlertLevel, ConnectorName, ErrorClass, ExceptionStatus } from "../types/enums"
import type { ExceptionFinding } from "../types/exception"

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
const until = (milliseconds: number) => new Date(Date.now() + milliseconds)
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

const finding = (changes: Partial<ExceptionFinding> = {}): ExceptionFinding => ({
  connector: ConnectorName.SHOPEE,
  error_class: ErrorClass.SKU_NOT_FOUND,
  subject: orderSubject("77", "2409A1"),
  error_message: "SKU OGN-066A is not in Medusa",
  ordersn: "2409A1",
  shop_id: "77",
  ...changes,
})
const outage = finding({ subject: outageSubject("77"), error_class: ErrorClass.SDK_TRANSIENT, ordersn: null })

const orders = (count: number, from = 0) =>
  many(count, (index) => {
    const ordersn = `SN${from + index}`
    return finding({ subject: orderSubject("77", ordersn), ordersn, details: { skus: ["OGN-066A"] } })
  })

/** As many findings as classes, so that each alert goes out alone. */
const ofEachClass = (classes: ErrorClass[]) => classes.map((errorClass) => finding({ error_class: errorClass }))

moduleIntegrationTestRunner<ConnectorExceptionService>({
  moduleName: CONNECTOR_SHARED_MODULE,
  moduleModels: [ConnectorException, ConnectorJob],
  resolve: resolve(__dirname, ".."),
  pathToMigrations: resolve(__dirname, "../migrations"),
  testSuite: ({ service }) => {
    /** Posts what is due; answers what was posted. */
    async function post(): Promise<AlertPayload[]> {
      const received: AlertPayload[] = []
      await service.postDueAlerts(async (payload) => received.push(payload) > 0)
      return received
    }
    const resolveOutage = () => service.resolveSubjects(ConnectorName.SHOPEE, [outage.subject])

    /** Lets the window in which alerts are counted pass. */
    async function passWindow(): Promise<void> {
      const rows = await service.listConnectorExceptions({}, { take: null })
      await service.updateConnectorExceptions(
        rows
          .filter(({ alerted_at }) => alerted_at !== null)
          .map(({ id }) => ({ id, alerted_at: until(-ALERT_GROUPING.windowMs - 1_000) }))
      )
    }

    describe("alerts", () => {
      it("are claimed once: 10 concurrent claimers share 3 alerts of one class and 12 of another, none twice", async () => {
        await service.raiseExceptions([
          ...orders(12),
          ...many(3, (n) => ({ ...outage, subject: outageSubject(`${n}`) })),
        ])

        const claims = await Promise.all(many(10, () => service.claimAlerts(60_000)))
        const later = await Promise.all(many(10, () => service.claimAlerts(60_000)))

        const ids = [...claims, ...later].flat().map((alert) => alert.id)
        expect(ids).toHaveLength(15)
        expect(new Set(ids).size).toBe(15)
      })

      it("come back when their lease ran out, with the try counted", async () => {
        const [raised] = await service.raiseExceptions([finding()])
        expect(await service.claimAlerts(60_000)).toMatchObject([{ alert_attempts: 1 }])
        expect(await service.claimAlerts(60_000)).toEqual([])
        const { alert_lease_until } = await service.retrieveConnectorException(raised!.id)
        const leaseLeft = new Date(alert_lease_until!).getTime() - Date.now()
        expect(leaseLeft).toBeGreaterThan(30_000)
        expect(leaseLeft).toBeLessThanOrEqual(61_000)

        await service.updateConnectorExceptions({ id: raised!.id, alert_lease_until: until(-1_000) })
        expect(await service.claimAlerts(60_000)).toMatchObject([{ alert_attempts: 2 }])
      })

      it("are handed out the longest due first", async () => {
        const raised = await service.raiseExceptions(orders(3))
        const [a, b, c] = raised.map((each) => each.id)
        await service.updateConnectorExceptions([
          { id: b!, alert_due_at: until(-30_000) },
          { id: c!, alert_due_at: until(-20_000) },
          { id: a!, alert_due_at: until(-10_000) },
        ])
        const claims = [
          await service.claimAlerts(1_000),
          await service.claimAlerts(1_000),
          await service.claimAlerts(1_000),
        ]
        expect(claims.map((alerts) => alerts.map(({ id }) => id))).toEqual([[b], [c], [a]])
      })

      it("are posted once by 5 concurrent runs and then never again", async () => {
        const classes = Object.values(ErrorClass)
        await service.raiseExceptions(ofEachClass(classes))
        const received: AlertPayload[] = []
        const deliver = async (payload: AlertPayload) => {
          await pause(2)
          received.push(payload)
          return true
        }

        const runs = await Promise.all(many(5, () => service.postDueAlerts(deliver)))

        expect(runs.reduce((sum, run) => sum + run.posted, 0)).toBe(classes.length)
        expect(new Set(received.map((payload) => payload.exception_id)).size).toBe(classes.length)
        expect(await service.postDueAlerts(deliver)).toEqual({ posted: 0, failed: 0 })
        expect(received).toHaveLength(classes.length)
        const rows = await service.listConnectorExceptions({}, { take: null })
        expect(rows.every((row) => row.alerted_at !== null && row.alert_due_at === null)).toBe(true)
      })

      it("that fail wait their backoff and are posted later, however often they failed", async () => {
        const [raised] = await service.raiseExceptions([finding()])
        const refuse = async () => false
        for (let tries = 1; tries <= 12; tries += 1) {
          expect(await service.postDueAlerts(refuse)).toEqual({ posted: 0, failed: 1 })
          const row = await service.retrieveConnectorException(raised!.id)
          const delay = new Date(row.alert_due_at!).getTime() - new Date(row.updated_at).getTime()
          expect(delay).toBeGreaterThanOrEqual(1_000)
          expect(delay).toBeLessThanOrEqual(30 * 60_000)
          expect(row).toMatchObject({ alert_attempts: tries, alert_lease_until: null, alerted_at: null })
          expect(await service.postDueAlerts(async () => true)).toEqual({ posted: 0, failed: 0 })
          await service.updateConnectorExceptions({ id: raised!.id, alert_due_at: until(-1_000) })
        }
        expect(await service.postDueAlerts(async () => true)).toEqual({ posted: 1, failed: 0 })
      })

      it("end a run after 3 failures in a row and leave the others due", async () => {
        const classes = Object.values(ErrorClass).slice(0, 10)
        await service.raiseExceptions(ofEachClass(classes))
        let calls = 0
        const down = async () => {
          calls += 1
          throw new Error("the webhook is gone")
        }
        const warned = jest.spyOn(console, "warn").mockImplementation(() => undefined)
        expect(await service.postDueAlerts(down)).toEqual({ posted: 0, failed: 3 })
        expect(calls).toBe(3)
        expect(warned.mock.calls.every(([line]) => String(line).startsWith("[connector-alert]"))).toBe(true)
        warned.mockRestore()
        expect(await service.postDueAlerts(async () => true)).toEqual({ posted: 7, failed: 0 })
      })

      it("that were noted as posted stay so when a late failure comes in", async () => {
        const [raised] = await service.raiseExceptions([finding()])
        await service.claimAlerts(1_000)
        await service.markAlerted([raised!.id])
        await service.alertsFailed([raised!.id], 0)
        expect(await service.claimAlerts(1_000)).toEqual([])
      })

      it("of an exception that was settled before they went out say so, and ask for nothing", async () => {
        await service.raiseExceptions([finding({ subject: WEBHOOK_SIGNATURE_SUBJECT })])
        await service.resolveSubjects(ConnectorName.SHOPEE, [WEBHOOK_SIGNATURE_SUBJECT])
        expect(await post()).toMatchObject([
          {
            error_class: "sku_not_found",
            level: AlertLevel.RESOLVED,
            ordersn: "2409A1",
            message: "Settled: SKU OGN-066A is not in Medusa",
            details: { action: "There is nothing to do any more." },
          },
        ])
      })
    })

    describe("grouping", () => {
      it("3 of one class go out one by one, and 500 that fail together are one message that names orders and SKU", async () => {
        await service.raiseExceptions(orders(3))
        expect((await post()).map(({ ordersn }) => ordersn).sort()).toEqual(["SN0", "SN1", "SN2"])
        await passWindow()

        await service.raiseExceptions(orders(500, 3))
        const received = await post()
        expect(received).toHaveLength(1)
        expect(received[0]).toMatchObject({
          error_class: "sku_not_found",
          level: AlertLevel.ERROR,
          details: { count: 500, skus: ["OGN-066A"], action: expect.stringContaining("Give a variant this SKU") },
        })
        expect(received[0]?.message).toMatch(
          /^500 alerts of one kind; orders: SN\d+, .* and 480 more; SKUs: OGN-066A\. The latest: SKU/
        )
        expect(received[0]?.ordersn).toBeUndefined()
        expect(await service.listConnectorExceptions({ status: ExceptionStatus.OPEN, alerted_at: null })).toEqual([])
      })

      it("what trickles in beyond the third waits for the window and then goes out together, other classes at once", async () => {
        await service.raiseExceptions(orders(3))
        expect(await post()).toHaveLength(3)
        for (let index = 3; index < 9; index += 1) {
          await service.raiseExceptions(orders(1, index))
          expect(await post()).toEqual([])
        }
        await service.raiseExceptions([outage])
        expect(await post()).toMatchObject([{ error_class: "sdk_transient" }])

        await passWindow()
        expect(await post()).toMatchObject([{ details: { count: 6 } }])
      })

      it("a digest that can't be posted comes back whole, and loses none in a day", async () => {
        await service.raiseExceptions(orders(40))
        for (let hour = 0; hour < 24; hour += 1) {
          expect(await service.postDueAlerts(async () => false)).toEqual({ posted: 0, failed: 1 })
          const rows = await service.listConnectorExceptions({}, { take: null })
          await service.updateConnectorExceptions(rows.map(({ id }) => ({ id, alert_due_at: until(-1_000) })))
        }
        expect(await post()).toMatchObject([{ details: { count: 40 } }])
        expect(await post()).toEqual([])
      })

      it("a digest says how many were settled meanwhile, and is an all-clear when all were", async () => {
        await service.raiseExceptions(orders(5))
        await service.resolveSubjects(ConnectorName.SHOPEE, [orderSubject("77", "SN1"), orderSubject("77", "SN2")])
        const [some] = await post()
        expect(some).toMatchObject({ level: AlertLevel.ERROR, message: expect.stringContaining("(2 of them settled") })

        await passWindow()
        await service.raiseExceptions(orders(4, 10))
        await service.resolveSubjects(
          ConnectorName.SHOPEE,
          many(4, (index) => orderSubject("77", `SN${10 + index}`))
        )
        expect(await post()).toMatchObject([
          { level: AlertLevel.RESOLVED, details: { count: 4, action: "There is nothing to do any more." } },
        ])
      })

      it("a flood of forged pushes is one alert, however long it lasts", async () => {
        const forged = finding({
          subject: WEBHOOK_SIGNATURE_SUBJECT,
          error_class: ErrorClass.SIGNATURE_MISMATCH,
          ordersn: null,
          count: 5_000,
        })
        await service.raiseExceptions([forged])
        expect(await post()).toHaveLength(1)
        for (let minute = 0; minute < 10; minute += 1) {
          await service.raiseExceptions([forged])
          await passWindow()
          expect(await post()).toEqual([])
        }
        expect(await service.listConnectorExceptions()).toMatchObject([{ retry_count: 54_999 }])
      })
    })

    describe("an all-clear", () => {
      it("follows the alert of an outage once, when the outage ends", async () => {
        await service.raiseExceptions([outage])
        expect(await post()).toMatchObject([{ error_class: "sdk_transient", level: AlertLevel.WARNING }])
        await service.raiseExceptions([outage])
        expect(await post()).toEqual([])

        await resolveOutage()
        expect(await post()).toMatchObject([
          { level: AlertLevel.RESOLVED, message: expect.stringMatching(/^Settled: /) },
        ])
        await resolveOutage()
        expect(await post()).toEqual([])
      })

      it("is all that is said when the outage ends before its alert went out", async () => {
        await service.raiseExceptions([outage])
        await resolveOutage()
        expect(await post()).toMatchObject([{ level: AlertLevel.RESOLVED }])
        expect(await post()).toEqual([])
      })

      it("follows also when the outage ends while its alert is being posted", async () => {
        await service.raiseExceptions([outage])
        const levels: unknown[] = []
        await service.postDueAlerts(async ({ level }) => {
          levels.push(level)
          await resolveOutage()
          return true
        })
        expect(levels).toEqual([AlertLevel.WARNING, AlertLevel.RESOLVED])
        expect(await post()).toEqual([])
      })

      it("is not owed for an order", async () => {
        await service.raiseExceptions([finding()])
        expect(await post()).toHaveLength(1)
        await service.resolveSubjects(ConnectorName.SHOPEE, [finding().subject])
        expect(await post()).toEqual([])
      })
    })
  },
})
