import { TriangleRightMini } from "@medusajs/icons"
import { clx, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import { useFigures } from "../../lib/figures"
import { type Attention, PLACES } from "../../lib/find-attention"
import { useFormats } from "../../lib/formats"
import { useJobName } from "../../lib/job-name"
import { NAMESPACE } from "../../lib/namespace"
import { HealthDot } from "./health-dot"

/** Where a link leads, by the beginning of its path. */
const PLACE_NAMES = Object.entries(PLACES)

const Row = ({ attention }: { attention: Attention }) => {
  const { t } = useTranslation(NAMESPACE)
  const { age } = useFormats()
  const { distance } = useFigures()
  const jobName = useJobName()
  const { text, level, to, count, shopId, at, errorClass, jobs, names } = attention
  const place = PLACE_NAMES.find(([, path]) => to.startsWith(path))?.[0] ?? "exceptions"
  const values = {
    count,
    shopId,
    names,
    jobs: jobs?.map(jobName).join(", "),
    distance: at === undefined ? "" : distance(at),
    age: at === undefined ? "" : age(at),
    class: errorClass === undefined ? "" : t(`errorClass.${errorClass}`, { defaultValue: errorClass }),
  }
  return (
    <li>
      <Link
        to={to}
        className="hover:bg-ui-bg-base-hover focus-visible:bg-ui-bg-base-hover group flex items-center gap-x-3 px-6 py-3 outline-none"
      >
        <HealthDot level={level} />
        <div className="min-w-0 flex-1">
          <Text size="small" leading="compact" weight="plus">
            {t(`overview.attention.${text}`, values)}
          </Text>
          <Text size="small" leading="compact" className="text-ui-fg-subtle mt-1">
            {t(`overview.attentionText.${text}`, values)}
          </Text>
        </div>
        <span className="text-ui-fg-interactive flex shrink-0 items-center gap-x-1">
          <Text as="span" size="small" leading="compact">
            {t(`overview.go.${place}`)}
          </Text>
          <TriangleRightMini aria-hidden="true" />
        </span>
      </Link>
    </li>
  )
}

interface AttentionListProps {
  /** Undefined while it is being read. */
  attention: Attention[] | undefined
  /** When the last reading came in; 0 = none has. */
  readAt: number
  /** The last reading failed: what is shown is older than it should be. */
  stale: boolean
}

/** What a person should look at, each with the place for it; one calm line when there is nothing. */
export const AttentionList = ({ attention, readAt, stale }: AttentionListProps) => {
  const { t } = useTranslation(NAMESPACE)
  const { clock } = useFigures()
  return (
    <Container className="divide-y p-0" data-testid="connector-attention">
      <div className="flex items-center justify-between gap-x-4 px-6 py-4">
        <div>
          <Heading>{t("overview.title")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("overview.subtitle")}
          </Text>
        </div>
        {readAt > 0 && (
          <Text
            size="xsmall"
            leading="compact"
            className={clx("shrink-0", stale ? "text-ui-fg-error" : "text-ui-fg-muted")}
          >
            {t(stale ? "overview.staleSince" : "overview.asOf", { time: clock(new Date(readAt).toISOString()) })}
          </Text>
        )}
      </div>
      {attention === undefined ? (
        <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("overview.loading")}>
          <Skeleton className="h-4 w-1/2" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      ) : attention.length === 0 ? (
        <div className="flex items-center gap-x-3 px-6 py-4" role="status">
          <HealthDot level="good" />
          <Text size="small" leading="compact">
            {t("overview.allWell")}
          </Text>
        </div>
      ) : (
        <ul className="divide-y" aria-label={t("overview.needsAttention")}>
          {attention.map((one) => (
            <Row key={`${one.text}:${one.key}`} attention={one} />
          ))}
        </ul>
      )}
    </Container>
  )
}
