import { Copy, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { PushSettings, PushSubscriptionState } from "../../../modules/connectors/shopee/types/desk"
import { useConnectionTest } from "../../lib/connection"
import { NAMESPACE } from "../../lib/namespace"
import { Section } from "../section"

/** What orders need; Shopee's answer says which of them are on. */
const NEEDED: readonly PushSubscriptionState[] = [3, 4, 12, 29].map((code) => ({ code, on: null }))
const WEBHOOK_PATH = "/connectors/shopee/webhook"

type Verdict = "right" | "wrong" | "unset" | "unknown"

const COLORS: Readonly<Record<Verdict, "green" | "red" | "grey">> = {
  right: "green",
  wrong: "red",
  unset: "red",
  unknown: "grey",
}

function judge(callbackUrl: string | null, push: PushSettings | null): Verdict {
  if (callbackUrl === null) {
    return "unset"
  }
  if (push === null) {
    return "unknown"
  }
  return push.callback_url === callbackUrl ? "right" : "wrong"
}

const CallbackUrl = ({ callbackUrl, push }: { callbackUrl: string | null; push: PushSettings | null }) => {
  const { t } = useTranslation(NAMESPACE)
  const verdict = judge(callbackUrl, push)
  // Without the variable nothing is sure, but it is most likely to be reached where the Admin is.
  const shown = callbackUrl ?? `${window.location.origin}${WEBHOOK_PATH}`
  return (
    <div className="flex flex-col gap-y-2 px-6 py-4">
      <div className="flex items-center justify-between gap-x-4">
        <Text size="small" leading="compact" weight="plus">
          {t("settings.callbackUrl")}
        </Text>
        <StatusBadge color={COLORS[verdict]}>{t(`settings.callback_${verdict}`)}</StatusBadge>
      </div>
      <div className="bg-ui-bg-field shadow-borders-base flex items-center justify-between gap-x-2 rounded-md px-3 py-2">
        <Text as="span" size="small" leading="compact" family="mono" className="min-w-0 break-all">
          {shown}
        </Text>
        <Copy content={shown} aria-label={t("settings.copyCallback")} className="text-ui-fg-muted shrink-0" />
      </div>
      <Text size="small" className="text-ui-fg-subtle break-words">
        {t(`settings.callback_${verdict}_text`, { saved: push?.callback_url ?? t("settings.nothing") })}
      </Text>
    </div>
  )
}

const Push = ({ push: { code, on } }: { push: PushSubscriptionState }) => {
  const { t } = useTranslation(NAMESPACE)
  const state = on === null ? "unknown" : on ? "on" : "off"
  return (
    <li className="flex items-center justify-between gap-x-4">
      <Text size="small" leading="compact" className="text-ui-fg-subtle min-w-0">
        {t("settings.push", { code, name: t(`settings.push_${code}`) })}
      </Text>
      <StatusBadge color={on === null ? "grey" : on ? "green" : "red"}>{t(`settings.push_${state}`)}</StatusBadge>
    </li>
  )
}

/** Where Shopee sends its pushes to, and which ones, beside what it has to be. */
export const PushCard = ({ callbackUrl }: { callbackUrl: string | null }) => {
  const { t } = useTranslation(NAMESPACE)
  const push = useConnectionTest().data?.push ?? null
  return (
    <Section title={t("settings.pushes")} text={t("settings.pushesText")}>
      <CallbackUrl callbackUrl={callbackUrl} push={push} />
      <ul className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("settings.pushes")}>
        {(push?.pushes ?? NEEDED).map((one) => (
          <Push key={one.code} push={one} />
        ))}
      </ul>
      {push !== null && push.pushes.some(({ on }) => on === null) && (
        <Text size="small" className="text-ui-fg-muted px-6 py-4">
          {t("settings.pushUnreported")}
        </Text>
      )}
    </Section>
  )
}
