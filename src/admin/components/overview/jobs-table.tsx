import { Container, Heading, StatusBadge, Table } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { JobStatus } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { useFormats } from "../../lib/formats"
import { useJobName } from "../../lib/job-name"
import { NAMESPACE } from "../../lib/namespace"

const JobBadge = ({ job }: { job: JobStatus }) => {
  const { t } = useTranslation(NAMESPACE)
  if (job.overdue) {
    return <StatusBadge color="red">{t("overview.jobs.overdue")}</StatusBadge>
  }
  if (job.failures_in_a_row > 0) {
    return (
      <span title={job.last_error ?? undefined}>
        <StatusBadge color="orange">{t("overview.jobs.failed", { count: job.failures_in_a_row })}</StatusBadge>
      </span>
    )
  }
  if (job.last_success_at === null && !job.running) {
    return <StatusBadge color="grey">{t("overview.jobs.notYet")}</StatusBadge>
  }
  return job.running ? (
    <StatusBadge color="blue">{t("overview.jobs.runs")}</StatusBadge>
  ) : (
    <StatusBadge color="green">{t("overview.jobs.ok")}</StatusBadge>
  )
}

/** Every job: when it last succeeded, what that took, and when it runs next. */
export const JobsTable = ({ jobs }: { jobs: JobStatus[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  const { distance, duration } = useFigures()
  const jobName = useJobName()
  return (
    <Container className="divide-y p-0" id="jobs" tabIndex={-1} data-testid="connector-jobs">
      <div className="px-6 py-4">
        <Heading level="h2">{t("overview.jobs.all")}</Heading>
      </div>
      <Table className="table-fixed">
        <Table.Header>
          <Table.Row>
            <Table.HeaderCell className="w-[34%]">{t("overview.jobs.name")}</Table.HeaderCell>
            <Table.HeaderCell>{t("overview.jobs.state")}</Table.HeaderCell>
            <Table.HeaderCell>{t("overview.jobs.lastSuccess")}</Table.HeaderCell>
            <Table.HeaderCell>{t("overview.jobs.took")}</Table.HeaderCell>
            <Table.HeaderCell>{t("overview.jobs.nextRun")}</Table.HeaderCell>
          </Table.Row>
        </Table.Header>
        <Table.Body>
          {jobs.map((job) => (
            <Table.Row key={`${job.name}:${job.scope}`}>
              <Table.Cell className="truncate">
                {jobName(job.name)}
                {job.scope !== "" && <span className="text-ui-fg-muted ml-2">{job.scope}</span>}
              </Table.Cell>
              <Table.Cell>
                <JobBadge job={job} />
              </Table.Cell>
              <Table.Cell title={job.last_success_at === null ? undefined : time(job.last_success_at)}>
                {job.last_success_at === null ? t("overview.never") : distance(job.last_success_at)}
              </Table.Cell>
              <Table.Cell>{job.last_duration_ms === null ? "–" : duration(job.last_duration_ms)}</Table.Cell>
              <Table.Cell title={job.next_run_at === null ? undefined : time(job.next_run_at)}>
                {job.next_run_at === null ? "–" : distance(job.next_run_at)}
              </Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
    </Container>
  )
}
