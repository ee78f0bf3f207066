import { useTranslation } from "react-i18next"
import type { JobStatus } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { useJobName } from "../../lib/job-name"
import { NAMESPACE } from "../../lib/namespace"
import { CardFact, HealthCard } from "./health-card"

const byTime = (time: (job: JobStatus) => string | null) => (a: JobStatus, b: JobStatus) =>
  (time(a) ?? "").localeCompare(time(b) ?? "")

/** Whether what runs by schedule does. */
export const JobsCard = ({ jobs }: { jobs: JobStatus[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const { distance, count } = useFigures()
  const jobName = useJobName()
  const overdue = jobs.filter((job) => job.overdue).length
  const failing = jobs.filter(({ failures_in_a_row }) => failures_in_a_row > 0).length
  const last = [...jobs].sort(byTime(({ last_success_at }) => last_success_at)).at(-1)
  const next = jobs.filter(({ next_run_at }) => next_run_at !== null).sort(byTime(({ next_run_at }) => next_run_at))[0]
  const statement =
    jobs.length === 0
      ? t("overview.jobs.none")
      : overdue > 0
        ? t("overview.jobs.overdueCount", { count: overdue })
        : t("overview.jobs.onTime")
  return (
    <HealthCard
      title={t("overview.jobs.title")}
      statement={statement}
      level={jobs.length === 0 ? "quiet" : overdue > 0 ? "error" : failing > 0 ? "warning" : "good"}
    >
      <CardFact label={t("overview.jobs.running")}>{count(jobs.filter(({ running }) => running).length)}</CardFact>
      <CardFact label={t("overview.jobs.failing")}>{failing === 0 ? t("overview.none") : count(failing)}</CardFact>
      <CardFact label={t("overview.jobs.lastSuccess")} title={last && jobName(last.name)}>
        {last?.last_success_at ? distance(last.last_success_at) : t("overview.never")}
      </CardFact>
      <CardFact label={t("overview.jobs.nextRun")} title={next && jobName(next.name)}>
        {next?.next_run_at ? distance(next.next_run_at) : "–"}
      </CardFact>
    </HealthCard>
  )
}
