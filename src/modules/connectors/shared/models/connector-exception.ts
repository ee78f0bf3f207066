import { model } from "@medusajs/framework/utils"
import { AlertLevel, ConnectorName, ErrorClass, ExceptionStatus } from "../types/enums"

/**
 * Something that could not be done automatically, and the outbox of its alert.
 *
 * - `subject` is what the exception is about (`exception-subject.ts`). While a row is open there is one for each subject and
 *   class: a repeat raises `retry_count`. Rows without a subject stand alone.
 * - `retry_count` counts repeats, so it was seen `retry_count + 1` times, last at `last_seen_at`.
 * - `alert_due_at` null = no alert is owed; `alerted_at` set = it went out. `alert_lease_until` fences the process that is
 *   posting it, `alert_attempts` counts its tries.
 */
const ConnectorException = model
  .define("connector_exception", {
    id: model.id({ prefix: "cex" }).primaryKey(),
    connector: model.enum(ConnectorName),
    raw_event_id: model.text().nullable(),
    error_class: model.enum(ErrorClass),
    error_message: model.text(),
    retry_count: model.number().default(0),
    status: model.enum(ExceptionStatus).default(ExceptionStatus.OPEN),
    resolved_at: model.dateTime().nullable(),
    resolved_by: model.text().nullable(),
    operator_note: model.text().nullable(),
    subject: model.text().nullable(),
    ordersn: model.text().searchable().nullable(),
    shop_id: model.text().nullable(),
    level: model.text().default(AlertLevel.ERROR),
    details: model.json().nullable(),
    last_seen_at: model.dateTime().nullable(),
    alert_due_at: model.dateTime().nullable(),
    alert_attempts: model.number().default(0),
    alerted_at: model.dateTime().nullable(),
    alert_lease_until: model.dateTime().nullable(),
  })
  .indexes([
    {
      // Subject before class, so that settling a subject reads the same index.
      name: "IDX_connector_exception_open_subject",
      on: ["connector", "subject", "error_class"],
      unique: true,
      where: "status = 'open' AND subject IS NOT NULL",
    },
    {
      name: "IDX_connector_exception_alert_due",
      on: ["alert_due_at", "id"],
      where: "alert_due_at IS NOT NULL AND alerted_at IS NULL",
    },
    {
      name: "IDX_connector_exception_alerted",
      on: ["alerted_at", "connector", "error_class"],
      where: "alerted_at IS NOT NULL",
    },
    { name: "IDX_connector_exception_status", on: ["status", "created_at"] },
    { name: "IDX_connector_exception_class", on: ["error_class", "status", "created_at"] },
    { name: "IDX_connector_exception_created", on: ["created_at"] },
    { name: "IDX_connector_exception_ordersn", on: ["ordersn"], where: "ordersn IS NOT NULL" },
  ])

export default ConnectorException
