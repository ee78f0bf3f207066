import { moduleIntegrationTestRunner } from "@medusajs/test-utils"
import { resolve } from "path"
import { CONNECTOR_SHARED_MODULE } from ".."
import { orderSubject, outageSubject } from "../exception-subject"
import ConnectorException from "../models/connector-exception"
import { FAILURE_POLICY } from "../retry-policy"
import type ConnectorExceptionService from "../service"
import { ConnectorName, ErrorClass, ExceptionStatus } from "../types/enums"
import type { ExceptionFinding } from "../types/exception"

const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

const finding = (changes: Partial<ExceptionFinding> = {}): ExceptionFinding => ({
  connector: ConnectorName.SHOPEE,
  error_class: ErrorClass.SKU_NOT_FOUND,
  subject: orderSubject("77", "2409A1"),
  error_message: "SKU OGN-066A is not in Medusa",
  ordersn: "2409A1",
  shop_id: "77",
  raw_event_id: "srev_1",
  ...changes,
})

moduleIntegrationTestRunner<ConnectorExceptionService>({
  moduleName: CONNECTOR_SHARED_MODULE,
  moduleModels: [ConnectorException],
  resolve: resolve(__dirname, ".."),
  // The committed migrations make the tables, so that a model that was changed without one fails here.
  pathToMigrations: resolve(__dirname, "../migrations"),
  testSuite: ({ service }) => {
    const openExceptions = () => service.listConnectorExceptions({ status: ExceptionStatus.OPEN })
    const orders = (count: number) =>
      many(count, (index) => finding({ subject: orderSubject("77", `SN${index}`), ordersn: `SN${index}` }))

    describe("rows", () => {
      it("can be created with the fixed columns only, any number of times", async () => {
        const fixed = {
          connector: ConnectorName.SHOPEE,
          raw_event_id: null,
          error_class: ErrorClass.UNKNOWN,
          error_message: "odd",
        }
        const created = await service.createConnectorExceptions([fixed, fixed, fixed])
        expect(created).toHaveLength(3)
        expect(created[0]?.id).toMatch(/^cex_/)
        expect(created[0]).toMatchObject({ retry_count: 0, status: "open", level: "error", subject: null })
        expect(await service.claimAlerts(1_000)).toEqual([])
      })

      it("are changed and deleted", async () => {
        const [raised] = await service.raiseExceptions([finding()])
        await service.updateConnectorExceptions({
          id: raised!.id,
          status: ExceptionStatus.WONT_FIX,
          operator_note: "the buyer cancelled",
        })
        expect(await service.retrieveConnectorException(raised!.id)).toMatchObject({ status: "wont_fix" })
        await service.deleteConnectorExceptions(raised!.id)
        expect(await service.listConnectorExceptions()).toEqual([])
      })

      it("are refused for classes and connectors that don't exist", async () => {
        const row = { connector: "shopee", error_class: "unknown", error_message: "odd" }
        await expect(
          service.createConnectorExceptions({ ...row, error_class: "sku_missing" } as never)
        ).rejects.toThrow(/error_class/)
        await expect(service.createConnectorExceptions({ ...row, connector: "ebay" } as never)).rejects.toThrow(
          /connector/
        )
      })
    })

    describe("raising", () => {
      it("opens an exception with its policy's level and action, and owes its alert", async () => {
        const raised = await service.raiseExceptions([finding({ details: { sku: "OGN-066A", line: "1" } })])
        expect(raised).toEqual([
          {
            id: expect.stringMatching(/^cex_/),
            connector: "shopee",
            subject: "order:77:2409A1",
            error_class: "sku_not_found",
            is_new: true,
          },
        ])
        const row = await service.retrieveConnectorException(raised[0]!.id)
        expect(row).toMatchObject({
          status: "open",
          retry_count: 0,
          level: "error",
          raw_event_id: "srev_1",
          details: { sku: "OGN-066A", line: "1", action: FAILURE_POLICY.sku_not_found.action },
        })
        expect(row.alert_due_at).not.toBeNull()
        expect(row.last_seen_at).not.toBeNull()
      })

      it("counts a repeat in the open row, refreshes it and alerts no more", async () => {
        const [first] = await service.raiseExceptions([finding()])
        await service.claimAlerts(1_000)
        await service.markAlerted([first!.id])

        const [second] = await service.raiseExceptions([
          finding({ error_message: "still missing", raw_event_id: "srev_2", details: { action: "do this" } }),
        ])
        await service.raiseExceptions([finding({ error_message: "still missing", raw_event_id: null, count: 5 })])

        expect(second).toMatchObject({ id: first!.id, is_new: false })
        const rows = await service.listConnectorExceptions()
        expect(rows).toHaveLength(1)
        expect(rows[0]).toMatchObject({ retry_count: 6, error_message: "still missing", raw_event_id: "srev_2" })
        expect(await service.claimAlerts(1_000)).toEqual([])
      })

      it("folds findings of one key in one call and counts every one", async () => {
        const raised = await service.raiseExceptions([
          finding({ error_message: "first" }),
          finding({ error_class: ErrorClass.OVERSOLD }),
          finding({ error_message: "last", count: 20 }),
        ])
        expect(raised).toHaveLength(2)
        const [row] = await service.listConnectorExceptions({ error_class: ErrorClass.SKU_NOT_FOUND })
        expect(row).toMatchObject({ retry_count: 20, error_message: "last" })
      })

      it("opens a new one once the earlier one is settled", async () => {
        const [first] = await service.raiseExceptions([finding()])
        await service.resolveSubjects(ConnectorName.SHOPEE, [finding().subject])
        const [second] = await service.raiseExceptions([finding()])
        expect(second).toMatchObject({ is_new: true })
        expect(second!.id).not.toBe(first!.id)
      })

      it("keeps one open row for each subject and class under 30 concurrent batches in opposite orders", async () => {
        const batch = orders(10)
        const calls = many(30, (index) => (index % 2 ? batch : [...batch].reverse()))

        const answers = await Promise.all(calls.map((call) => service.raiseExceptions(call)))

        expect(answers.flat().filter((raised) => raised.is_new)).toHaveLength(10)
        const rows = await openExceptions()
        expect(rows).toHaveLength(10)
        expect(rows.map((row) => row.retry_count)).toEqual(many(10, () => 29))
      })

      it("raises and settles the same subjects concurrently without a deadlock", async () => {
        const batch = orders(20)
        const subjects = batch.map((each) => each.subject)
        await Promise.all(
          many(20, (index) =>
            index % 2
              ? service.raiseExceptions([...batch].reverse())
              : service.resolveSubjects(ConnectorName.SHOPEE, subjects)
          )
        )
        await service.raiseExceptions(batch)
        expect(await openExceptions()).toHaveLength(20)
      })

      it("stores hostile text: quotes, placeholders, NUL, lone surrogates", async () => {
        const hostile = `'; DROP TABLE x; -- ?\\? ?? $1 \u0000 \ud800 "{}"`
        const [raised] = await service.raiseExceptions([
          finding({ error_message: hostile, ordersn: hostile, subject: hostile, details: { line: hostile } }),
        ])
        const stored = hostile.replace("\u0000", "\uFFFD").replace("\ud800", "\uFFFD")
        expect(await service.retrieveConnectorException(raised!.id)).toMatchObject({
          error_message: stored,
          ordersn: stored,
          details: { line: stored },
        })
      })

      it("keeps secrets and facts that aren't allowed out of the row", async () => {
        const secret = "7a6b5c4d3e2f"
        const [raised] = await service.raiseExceptions([
          finding({
            error_message: `GET /order?access_token=${secret}&sign=${secret}`,
            details: { endpoint: `/x?sign=${secret}`, buyer_name: "Tan Ah Kow" } as ExceptionFinding["details"],
          }),
        ])
        const row = JSON.stringify(await service.retrieveConnectorException(raised!.id))
        expect(row).not.toContain(secret)
        expect(row).not.toContain("Tan Ah Kow")
      })

      it("does nothing for no findings, and caps a count that int4 could not hold", async () => {
        expect(await service.raiseExceptions([])).toEqual([])
        const [raised] = await service.raiseExceptions([finding()])
        await service.updateConnectorExceptions({ id: raised!.id, retry_count: 2_147_483_647 })
        await service.raiseExceptions([finding({ count: 3 })])
        expect(await service.retrieveConnectorException(raised!.id)).toMatchObject({ retry_count: 2_147_483_647 })
      })
    })

    describe("settling", () => {
      it("closes every class of the subjects and says who did it and how many there were", async () => {
        await service.raiseExceptions([
          finding(),
          finding({ error_class: ErrorClass.OVERSOLD }),
          finding({ subject: outageSubject("77"), error_class: ErrorClass.SDK_TRANSIENT }),
        ])
        expect(await service.resolveSubjects(ConnectorName.SHOPEE, [finding().subject, "order:77:other"])).toBe(2)
        expect(await service.resolveSubjects(ConnectorName.SHOPEE, [finding().subject])).toBe(0)
        expect(await openExceptions()).toMatchObject([{ subject: "outage:77" }])
        const [row] = await service.listConnectorExceptions({ error_class: ErrorClass.OVERSOLD })
        expect(row).toMatchObject({ status: "resolved", resolved_by: "system", operator_note: null })
        expect(row?.resolved_at).not.toBeNull()
      })

      it("can be limited to classes, names the person and keeps the note", async () => {
        await service.raiseExceptions([finding(), finding({ error_class: ErrorClass.OVERSOLD })])
        const settled = await service.resolveSubjects(
          ConnectorName.SHOPEE,
          [finding().subject],
          "user_1",
          "found one in the back room",
          [ErrorClass.OVERSOLD]
        )
        expect(settled).toBe(1)
        expect(await openExceptions()).toMatchObject([{ error_class: "sku_not_found" }])
        expect(await service.listConnectorExceptions({ status: ExceptionStatus.RESOLVED })).toMatchObject([
          { resolved_by: "user_1", operator_note: "found one in the back room" },
        ])
      })

      it("leaves other connectors and what a person closed alone", async () => {
        const [raised] = await service.raiseExceptions([finding()])
        await service.updateConnectorExceptions({ id: raised!.id, status: ExceptionStatus.WONT_FIX })
        await service.raiseExceptions([finding({ connector: ConnectorName.LAZADA })])
        expect(await service.resolveSubjects(ConnectorName.SHOPEE, [finding().subject])).toBe(0)
        expect(await service.resolveSubjects(ConnectorName.SHOPEE, [])).toBe(0)
      })
    })
  },
})
