import fc from "fast-check"
import { alertPayloadSchema } from "../../src/modules/connectors/shared/types/alert"
import { AlertLevel, ConnectorName, ErrorClass } from "../../src/modules/connectors/shared/types/enums"
import { formatAlert, nodeOfType, readAlertWorkflow } from "./alert-workflow"
import { LONGEST_TELEGRAM_TEXT, readTelegramHtml, textOf } from "./telegram-html"

const alert = (changes: Record<string, unknown> = {}) => ({
  connector: ConnectorName.SHOPEE,
  error_class: ErrorClass.SKU_NOT_FOUND,
  level: AlertLevel.ERROR,
  message: "Line 1: no variant has the SKU EMB-099-NM.",
  exception_id: "cex_01K0000000000000000000EMBR",
  ordersn: "261125EMBER014",
  shop_id: "700001",
  raw_event_id: "sraw_01K000000000000000000EMBR",
  occurred_at: "2026-11-25T13:05:09.000Z",
  details: { action: "Create a variant with this SKU in Medusa.", sku: "EMB-099-NM" },
  ...changes,
})

/** What a reader sees, line by line. */
const linesOf = (body: unknown) => textOf(readTelegramHtml(formatAlert(body))).split("\n")

describe("the alert workflow of n8n", () => {
  it("is a webhook, a format step and Telegram in a row, and answers as the last one does", () => {
    const workflow = readAlertWorkflow()
    const webhook = nodeOfType(workflow, "n8n-nodes-base.webhook")
    const format = nodeOfType(workflow, "n8n-nodes-base.code")
    const telegram = nodeOfType(workflow, "n8n-nodes-base.telegram")
    expect(workflow.nodes).toHaveLength(3)
    expect(webhook.parameters).toMatchObject({ httpMethod: "POST", path: "shopee-alert", responseMode: "lastNode" })
    expect(workflow.connections).toEqual({
      [webhook.name]: { main: [[{ node: format.name, type: "main", index: 0 }]] },
      [format.name]: { main: [[{ node: telegram.name, type: "main", index: 0 }]] },
    })
    // n8n's node falls back to Markdown when no mode is chosen, and signs its messages when it isn't told not to.
    expect(telegram.parameters).toMatchObject({
      text: "={{ $json.text }}",
      additionalFields: { parse_mode: "HTML", appendAttribution: false },
    })
  })

  it("is committed inactive, with the names of the credentials and of the chat's variable and without their values", () => {
    const workflow = readAlertWorkflow()
    const { credentials, parameters } = nodeOfType(workflow, "n8n-nodes-base.telegram")
    expect(workflow.active).toBe(false)
    expect(credentials).toEqual({ telegramApi: { id: "tcgPlatformAlerts", name: "tcg-platform alerts" } })
    expect(parameters.chatId).toBe("={{ $env.TELEGRAM_ALERT_CHAT_ID }}")
  })
})

describe("the text of an alert", () => {
  it("says class, channel, level, order, shop, message, what to do, exception, raw event and the time in Singapore", () => {
    expect(linesOf(alert())).toEqual([
      "⚠️ sku_not_found · shopee · error",
      "",
      "Order: 261125EMBER014",
      "Shop: 700001",
      "What happened: Line 1: no variant has the SKU EMB-099-NM.",
      "What to do: Create a variant with this SKU in Medusa.",
      "",
      "Exception: cex_01K0000000000000000000EMBR",
      "Raw event: sraw_01K000000000000000000EMBR",
      "Time: 2026-11-25 21:05:09 SGT",
    ])
  })

  it.each([
    ["signature_mismatch", "🛑"],
    ["sku_not_found", "⚠️"],
    ["medusa_workflow_failed", "🔥"],
    ["escrow_fetch_failed", "💸"],
    ["sdk_transient", "🔁"],
    ["token_expired", "🔑"],
    ["retry_exhausted", "☠️"],
    ["unknown", "❓"],
    ["oversold", "❓"],
    ["a_class_of_tomorrow", "❓"],
    ["constructor", "❓"],
  ])("of class %s begins with %s", (errorClass, emoji) => {
    expect(linesOf(alert({ error_class: errorClass }))[0]).toBe(`${emoji} ${errorClass} · shopee · error`)
  })

  it("of a settled exception reads as an all-clear, whatever the class would ask for", () => {
    const lines = linesOf(alert({ level: AlertLevel.RESOLVED }))
    expect(lines[0]).toBe("✅ All clear: sku_not_found · shopee")
    expect(lines).toContain("It was: Line 1: no variant has the SKU EMB-099-NM.")
    expect(lines).toContain("What to do: nothing, it has been settled.")
    expect(lines.join("\n")).not.toContain("Create a variant")
  })

  it("of an outage, which has no order and no event, says so with a dash", () => {
    const lines = linesOf(alert({ ordersn: undefined, raw_event_id: null, shop_id: undefined, details: undefined }))
    expect(lines).toEqual(expect.arrayContaining(["Order: –", "Shop: –", "Raw event: –"]))
    expect(lines).toContain("What to do: look at the exception in the Admin.")
  })

  it("of many exceptions in one names their orders", () => {
    const details = { count: 500, ordersns: ["261125EMBER014", "<b>", 7, "261125EMBER015"] }
    const lines = linesOf(alert({ ordersn: undefined, details }))
    expect(lines).toContain("Order: 261125EMBER014, <b>, 261125EMBER015")
  })

  it("shows markup, links and mentions in a message as what they are, on one line", () => {
    const message = '</code><b>PAID</b> & <a href="https://evil.example">here</a> &lt; *_`[x](y) @everyone\n\nOrder: 1'
    const spans = readTelegramHtml(formatAlert(alert({ message })))
    const shown = spans.filter(({ text }) => text.includes("PAID"))
    expect(shown).toEqual([{ text: message.replace(/\s+/g, " "), tags: ["code"] }])
  })

  it("has neither line breaks nor marks that turn the direction of reading from outside, nor half a character", () => {
    const message = "a\u0000b\u202Ec\u2066d\u200Fe\uD83Df\u2028g\r\nh"
    expect(linesOf(alert({ message }))).toContain("What happened: a b c d e f g h")
  })

  it("of a time that can't be read shows it as it came", () => {
    expect(linesOf(alert({ occurred_at: "yesterday <b>" }))).toContain("Time: yesterday <b>")
    expect(linesOf(alert({ occurred_at: "+275760-09-13T00:00:00Z" }))).toContain("Time: +275760-09-13T00:00:00Z")
    expect(linesOf(alert({ occurred_at: { toString: 1 } }))).toContain("Time: –")
  })

  it("says what it means and where the Admin shows it, when the alert does", () => {
    const link = "https://shop.example/app/connectors/exceptions?id=cex_1"
    const details = { action: "Add it.", meaning: "The order is held.", link }
    expect(linesOf(alert({ details }))).toEqual(
      expect.arrayContaining(["What it means: The order is held.", "What to do: Add it.", `In the Admin: ${link}`])
    )
    const settled = linesOf(alert({ details, level: AlertLevel.RESOLVED })).join("\n")
    expect(settled).toContain(link)
    expect(settled).not.toContain("What it means")
    for (const forged of ["javascript:alert(1)", "https://shop.example/ <b>x</b>", { toString: 1 }]) {
      expect(linesOf(alert({ details: { link: forged } })).join("\n")).not.toContain("In the Admin")
    }
  })

  it("has room for every field at its longest", () => {
    const long = "&".repeat(5_000)
    const details = { action: long, meaning: long, link: `https://${"x&".repeat(2_500)}`, ordersns: [long] }
    const html = formatAlert(
      alert({ connector: long, error_class: long, message: long, shop_id: long, exception_id: long, details })
    )
    expect(html.length).toBeLessThanOrEqual(LONGEST_TELEGRAM_TEXT)
  })

  it("stays a valid message of at most 4096 characters whatever the fields hold", () => {
    const piece = fc.oneof(
      fc.constantFrom("<", ">", "&", "&amp;", "</code>", "<b>", "\n", "\u202E", "🛑", "\uD800", '"', "`"),
      fc.string({ unit: "binary" })
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
      piece.map((short) => short.repeat(3_000))
    )
    const anything = fc.oneof(text, fc.jsonValue())
    fc.assert(
      fc.property(
        fc.record({ error_class: text, message: text }),
        fc.record({ connector: anything, level: anything, ordersn: anything, shop_id: anything }),
        fc.record({ exception_id: anything, raw_event_id: anything, occurred_at: anything, action: anything }),
        (needed, some, others) => {
          const html = formatAlert({ ...some, ...others, ...needed, details: { action: others.action } })
          const shown = textOf(readTelegramHtml(html))
          expect(html.length).toBeLessThanOrEqual(LONGEST_TELEGRAM_TEXT)
          expect(
            shown
              .split("\n")
              .map((line) => line.replace(/^([\w ]+:) .*$/, "$1"))
              .slice(1)
          ).toEqual([
            "",
            "Order:",
            "Shop:",
            expect.stringMatching(/^(What happened|It was):$/),
            "What to do:",
            "",
            "Exception:",
            "Raw event:",
            "Time:",
          ])
        }
      ),
      { numRuns: 100 }
    )
  })

  it("cuts a long message and keeps everything after it", () => {
    const lines = linesOf(alert({ message: "&".repeat(10_000) }))
    expect(lines.find((line) => line.startsWith("What happened"))).toMatch(/&…$/)
    expect(lines.at(-1)).toBe("Time: 2026-11-25 21:05:09 SGT")
  })

  it.each([[null], ["text"], [[]], [{}], [{ error_class: "unknown" }], [{ error_class: 1, message: "x" }]])(
    "is not made from %j, which is no alert: n8n answers with an error and the platform posts it again",
    (body) => {
      expect(() => formatAlert(body)).toThrow("This is no alert of a connector")
    }
  )

  it("is made from every payload that the platform may post", () => {
    for (const errorClass of Object.values(ErrorClass)) {
      for (const level of Object.values(AlertLevel)) {
        const payload = alertPayloadSchema.parse(alert({ error_class: errorClass, level }))
        expect(linesOf(payload)[0]).toContain(errorClass)
      }
    }
  })
})
