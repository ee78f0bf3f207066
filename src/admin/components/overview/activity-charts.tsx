import { Button, Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import type { ActivityHour } from "../../../modules/connectors/shopee/types/desk"
import { useActivity } from "../../lib/connector-status"
import { useFigures } from "../../lib/figures"
import { NAMESPACE } from "../../lib/namespace"
import { Chart } from "../chart"
import { LoadFailure } from "../load-failure"

const RANGES = [24, 48] as const

type Range = (typeof RANGES)[number]

const RangeChoice = ({ range, onChoose }: { range: Range; onChoose: (range: Range) => void }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <div className="flex items-center gap-x-1" role="group" aria-label={t("overview.activity.range")}>
      {RANGES.map((hours) => (
        <Button
          key={hours}
          size="small"
          variant={hours === range ? "secondary" : "transparent"}
          aria-pressed={hours === range}
          onClick={() => onChoose(hours)}
        >
          {t("overview.activity.hours", { count: hours })}
        </Button>
      ))}
    </div>
  )
}

const Caption = ({ title, summary }: { title: string; summary: string }) => (
  <div className="px-6 pb-2 pt-4">
    <Text size="small" leading="compact" weight="plus">
      {title}
    </Text>
    <Text size="small" leading="compact" className="text-ui-fg-subtle mt-1">
      {summary}
    </Text>
  </div>
)

const Charts = ({ hours }: { hours: ActivityHour[] }) => {
  const { t } = useTranslation(NAMESPACE)
  const { count, dayAndHour, duration, hour } = useFigures()
  const places = hours.map((one) => dayAndHour(one.hour))
  const ticks = hours.map((one) => hour(one.hour))
  const orders = hours.reduce((sum, one) => sum + one.orders, 0)
  const slowest = Math.max(-1, ...hours.map(({ p95_ms }) => p95_ms ?? -1))
  return (
    <div className="grid grid-cols-2 divide-x">
      <div className="min-w-0">
        <Caption
          title={t("overview.activity.orders")}
          summary={t("overview.activity.ordersSum", { count: orders, number: count(orders) })}
        />
        <Chart
          title={t("overview.activity.orders")}
          places={places}
          ticks={ticks}
          wholeNumbers
          format={count}
          series={[
            {
              name: t("overview.activity.newOrders"),
              shape: "bars",
              tone: "blue",
              values: hours.map((one) => one.orders),
            },
          ]}
        />
      </div>
      <div className="min-w-0">
        <Caption
          title={t("overview.activity.latency")}
          summary={
            slowest < 0
              ? t("overview.activity.noPushes")
              : t("overview.activity.slowest", { duration: duration(slowest) })
          }
        />
        <Chart
          title={t("overview.activity.latency")}
          places={places}
          ticks={ticks}
          format={duration}
          formatAxis={(ms) => (ms === 0 ? "0" : duration(ms))}
          series={[
            {
              name: t("overview.activity.p50"),
              shape: "line",
              tone: "green",
              values: hours.map(({ p50_ms }) => p50_ms),
            },
            {
              name: t("overview.activity.p95"),
              shape: "line",
              tone: "orange",
              values: hours.map(({ p95_ms }) => p95_ms),
            },
          ]}
        />
      </div>
    </div>
  )
}

/** Orders of each hour, and how long it took from Shopee's push to the order in Medusa. */
export const ActivityCharts = () => {
  const { t } = useTranslation(NAMESPACE)
  const [range, setRange] = useState<Range>(24)
  const { data, isPending, isError, refetch } = useActivity(range)
  return (
    <Container className="divide-y p-0" data-testid="connector-activity">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{t("overview.activity.title")}</Heading>
        <RangeChoice range={range} onChoose={setRange} />
      </div>
      {data ? (
        <Charts hours={data.hours} />
      ) : isPending ? (
        <div className="grid grid-cols-2 gap-x-6 px-6 py-4" aria-busy="true" aria-label={t("overview.loading")}>
          <Skeleton className="h-52 w-full" />
          <Skeleton className="h-52 w-full" />
        </div>
      ) : (
        isError && (
          <LoadFailure
            text={t("overview.activity.failed")}
            again={t("overview.tryAgain")}
            onRetry={() => void refetch()}
          />
        )
      )}
    </Container>
  )
}
