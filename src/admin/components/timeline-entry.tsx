import { Button, clx, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { useTranslation } from "react-i18next"
import { Link } from "react-router-dom"
import type { TimelineEntry as Entry } from "../../modules/connectors/shopee/types/desk"
import { useFormats } from "../lib/formats"
import { NAMESPACE } from "../lib/namespace"

/** What an entry says, and how loud. */
interface Telling {
  title: string
  text: string | null
  tone: "plain" | "good" | "bad" | "waiting"
}

const TONES: Readonly<Record<Telling["tone"], string>> = {
  plain: "bg-ui-tag-neutral-icon",
  good: "bg-ui-tag-green-icon",
  bad: "bg-ui-tag-red-icon",
  waiting: "bg-ui-tag-orange-icon",
}

/** An event that was handled while nobody could have noticed the wait isn't worth a line. */
const NOTICED_MS = 60_000

type EntryOf<Kind extends Entry["kind"]> = Extract<Entry, { kind: Kind }>

function useEventTelling(): (entry: EntryOf<"event">) => Telling {
  const { t } = useTranslation(NAMESPACE)
  const { time } = useFormats()
  const titleOf = ({ event_type: code, finding, shopee_status: status }: EntryOf<"event">): string => {
    if (finding !== null) {
      return t([`orders.finding_${finding}`, "orders.finding_other"])
    }
    return status === null
      ? t([`orders.push_${code}`, "orders.push_other"], { code })
      : t("orders.push_status", { status: t(`status.${status}.label`, { defaultValue: status }) })
  }
  const waitOf = ({ at, processed_at: handledAt }: EntryOf<"event">): string | null => {
    if (handledAt === null) {
      return t("orders.notHandled")
    }
    const isLate = new Date(handledAt).getTime() - new Date(at).getTime() > NOTICED_MS
    return isLate ? t("orders.handledLate", { at: time(handledAt) }) : null
  }
  return (entry) => ({
    title: titleOf(entry),
    text: [entry.source === "poll" ? t("orders.lostPush") : null, waitOf(entry)].filter(Boolean).join(" ") || null,
    tone: entry.processed_at === null ? "waiting" : "plain",
  })
}

function useTelling(): (entry: Entry) => Telling {
  const { t } = useTranslation(NAMESPACE)
  const { money, time } = useFormats()
  const eventTelling = useEventTelling()
  const classOf = (name: string) => t(`errorClass.${name}`, { defaultValue: name })

  return (entry) => {
    switch (entry.kind) {
      case "event":
        return eventTelling(entry)
      case "exception_opened":
        return { title: classOf(entry.error_class), text: entry.message, tone: "bad" }
      case "exception_settled": {
        const by = entry.by === null || entry.by === "system" ? t("exceptions.bySystem") : entry.by
        return {
          title: t(`orders.settled_${entry.resolution}`, { name: classOf(entry.error_class) }),
          text: entry.note === null ? by : `${by}: ${entry.note}`,
          tone: "good",
        }
      }
      case "failing":
        return {
          title: t("orders.failing", { count: entry.attempts }),
          text:
            entry.next_attempt_at === null
              ? t("orders.noNextAttempt")
              : t("orders.nextAttempt", { at: time(entry.next_attempt_at) }),
          tone: "bad",
        }
      case "done":
        return {
          title: t(`orders.deed_${entry.deed}`, {
            context: entry.amount === null || entry.currency === null ? undefined : "amount",
            amount: entry.amount === null || entry.currency === null ? "" : money(entry.amount, entry.currency),
          }),
          text: entry.package_number === null ? null : t("parcel.number", { number: entry.package_number }),
          tone: entry.deed === "canceled" || entry.deed === "unpacked" ? "plain" : "good",
        }
    }
  }
}

const More = ({ entry, onShowEvent }: { entry: Entry; onShowEvent: (id: string) => void }): ReactNode => {
  const { t } = useTranslation(NAMESPACE)
  switch (entry.kind) {
    case "event":
      return (
        <Button size="small" variant="transparent" onClick={() => onShowEvent(entry.raw_event_id)}>
          {t("orders.payload")}
        </Button>
      )
    case "exception_opened":
      return (
        <Button size="small" variant="transparent" asChild>
          <Link to={`/connectors/exceptions?id=${entry.exception_id}`}>{t("orders.exception")}</Link>
        </Button>
      )
    default:
      return null
  }
}

/** One thing that happened to an order: when, what, and more of it a click away. */
export const TimelineEntry = ({ entry, onShowEvent }: { entry: Entry; onShowEvent: (id: string) => void }) => {
  const { clock, time } = useFormats()
  const { title, text, tone } = useTelling()(entry)
  return (
    <li className="group flex gap-x-3">
      <Text
        as="span"
        size="xsmall"
        leading="compact"
        className="text-ui-fg-muted mt-0.5 w-20 shrink-0 whitespace-nowrap tabular-nums"
      >
        <time dateTime={entry.at} title={time(entry.at)}>
          {clock(entry.at)}
        </time>
      </Text>
      <div className="flex flex-col items-center" aria-hidden>
        <span className={clx("mt-1.5 size-2 shrink-0 rounded-full", TONES[tone])} />
        <span className="bg-ui-border-base mt-1 w-px grow group-last:hidden" />
      </div>
      <div className="flex min-w-0 grow items-start justify-between gap-x-4 pb-4 group-last:pb-0">
        <div className="min-w-0">
          <Text size="small" leading="compact" weight="plus" className="break-words">
            {title}
          </Text>
          {text !== null && (
            <Text size="small" className="text-ui-fg-subtle break-words">
              {text}
            </Text>
          )}
        </div>
        <div className="-my-1 shrink-0">
          <More entry={entry} onShowEvent={onShowEvent} />
        </div>
      </div>
    </li>
  )
}
