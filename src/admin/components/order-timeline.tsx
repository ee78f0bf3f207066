import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { TimelineEntry as Entry } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"
import { byDay } from "../lib/timeline-days"
import { TimelineEntry } from "./timeline-entry"

interface OrderTimelineProps {
  /** As the API has them: the newest first. */
  entries: Entry[]
  /** How many older events are left out. */
  olderEvents: number
  onShowEvent: (id: string) => void
}

const keyOf = (entry: Entry, index: number): string =>
  entry.kind === "event" ? entry.raw_event_id : `${entry.at}:${entry.kind}:${index}`

/** What happened to an order, day by day, to be read from top to bottom. */
export const OrderTimeline = ({ entries, olderEvents, onShowEvent }: OrderTimelineProps) => {
  const { t } = useTranslation(NAMESPACE)
  const { day } = useFormats()
  return (
    <div className="flex flex-col gap-y-4 px-6 py-4">
      {olderEvents > 0 && (
        <Text size="small" className="text-ui-fg-muted">
          {t("orders.olderEvents", { count: olderEvents })}
        </Text>
      )}
      {byDay([...entries].reverse(), ({ at }) => day(at)).map(({ day: name, entries: ofDay }) => (
        <section key={name} aria-label={name} className="flex flex-col gap-y-3">
          <Text size="xsmall" leading="compact" weight="plus" className="text-ui-fg-muted">
            {name}
          </Text>
          <ol className="flex flex-col">
            {ofDay.map((entry, index) => (
              <TimelineEntry key={keyOf(entry, index)} entry={entry} onShowEvent={onShowEvent} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}
