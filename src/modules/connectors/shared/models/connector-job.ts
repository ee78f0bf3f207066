import { model } from "@medusajs/framework/utils"
import { ConnectorName } from "../types/enums"

/**
 * What is known of a scheduled job, one row for each connector, job and scope (for example a shop; "" = the job has none).
 *
 * - `watermark` is how far the work is done, `state` what else a run has to remember for the next one.
 * - `next_run_at` in the past = due. It stays there while a run goes on, so that a run that dies is repeated.
 * - `claim_id` and `lease_until` fence the run that is on; it is renewed until `deadline_at` and replaced after that.
 * - `requested_at` = somebody asked for a run beside the schedule.
 * - `last_statistics` is what the last successful run counted.
 */
const ConnectorJob = model
  .define("connector_job", {
    id: model.id({ prefix: "cjob" }).primaryKey(),
    connector: model.enum(ConnectorName),
    name: model.text(),
    scope: model.text().default(""),
    schedule: model.text().nullable(),
    next_run_at: model.dateTime().nullable(),
    requested_at: model.dateTime().nullable(),
    watermark: model.dateTime().nullable(),
    state: model.json().nullable(),
    claim_id: model.text().nullable(),
    lease_until: model.dateTime().nullable(),
    deadline_at: model.dateTime().nullable(),
    last_started_at: model.dateTime().nullable(),
    last_finished_at: model.dateTime().nullable(),
    last_success_at: model.dateTime().nullable(),
    last_error: model.text().nullable(),
    last_duration_ms: model.number().nullable(),
    last_statistics: model.json().nullable(),
    runs: model.number().default(0),
    failures_in_a_row: model.number().default(0),
  })
  .indexes([{ name: "IDX_connector_job_key", on: ["connector", "name", "scope"], unique: true }])

export default ConnectorJob
