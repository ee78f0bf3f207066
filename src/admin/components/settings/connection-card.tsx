import { CheckCircleSolid, XCircleSolid } from "@medusajs/icons"
import { Alert, Button, Skeleton, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type {
  ConnectionCheck,
  ShopeeStatusAnswer,
  ShopStatus,
  TokenState,
} from "../../../modules/connectors/shopee/types/desk"
import { useAuthorizeShop, useConnectionTest } from "../../lib/connection"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { useOutcomeToasts } from "../../lib/outcome-toasts"
import { LoadFailure } from "../load-failure"
import { Section } from "../section"

const COLORS: Readonly<Record<TokenState, "green" | "red" | "grey">> = {
  authorized: "green",
  refused: "red",
  missing: "grey",
  unreadable: "red",
}

/** What is known of a shop's connection, a sentence each. */
function useShopFacts({ token, authorized_at, authorization_ends_at, refused_reason, paused_until }: ShopStatus) {
  const { t } = useTranslation(NAMESPACE)
  const { day, time } = useFormats()
  const isConnected = token === "authorized"
  return [
    t(`settings.token_${token}_text`, { reason: refused_reason ?? "" }),
    !isConnected || authorized_at === null ? null : t("settings.since", { at: day(authorized_at) }),
    !isConnected || authorization_ends_at === null ? null : t("settings.until", { at: day(authorization_ends_at) }),
    paused_until === null || new Date(paused_until) < new Date()
      ? null
      : t("settings.paused", { at: time(paused_until) }),
  ].filter((fact) => fact !== null)
}

const Shop = ({ shop, configured }: { shop: ShopStatus; configured: boolean }) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const { mutate, isPending } = useAuthorizeShop()
  const isConnected = shop.token === "authorized"
  const facts = useShopFacts(shop)
  return (
    <div className="flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="flex min-w-0 flex-col gap-y-1">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Text size="small" leading="compact" weight="plus">
            {t("settings.shop", { shop: shop.shop_id })}
          </Text>
          <StatusBadge color={COLORS[shop.token]}>{t(`settings.token_${shop.token}`)}</StatusBadge>
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {facts.join(" ")}
        </Text>
      </div>
      <Button
        size="small"
        variant={isConnected ? "secondary" : "primary"}
        className="shrink-0"
        disabled={!configured}
        isLoading={isPending}
        onClick={() => mutate(undefined, { onError: toasts.refused })}
      >
        {t(isConnected ? "settings.reconnect" : "settings.connect")}
      </Button>
    </div>
  )
}

const Check = ({ check }: { check: ConnectionCheck }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <li className="flex gap-x-3">
      {check.ok ? (
        <CheckCircleSolid className="text-ui-tag-green-icon mt-0.5 shrink-0" aria-label={t("settings.ok")} />
      ) : (
        <XCircleSolid className="text-ui-tag-red-icon mt-0.5 shrink-0" aria-label={t("settings.notOk")} />
      )}
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {t(`settings.check_${check.name}`)}
        </Text>
        <Text size="small" className="text-ui-fg-subtle break-words">
          {check.message}
        </Text>
      </div>
    </li>
  )
}

const Checks = () => {
  const { t } = useTranslation(NAMESPACE)
  const { data, isError, isFetching, refetch } = useConnectionTest()
  if (data && !isFetching) {
    return (
      <ul className="flex flex-col gap-y-3 px-6 py-4" aria-label={t("settings.checks")}>
        {data.checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
    )
  }
  if (isError && !isFetching) {
    return <LoadFailure text={t("settings.testFailed")} again={t("settings.tryAgain")} onRetry={() => void refetch()} />
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("settings.testing")}>
      <Skeleton className="h-4 w-1/3" />
      <Skeleton className="h-4 w-2/3" />
      <Skeleton className="h-4 w-1/2" />
    </div>
  )
}

/** Whether Shopee can be called: each shop, and what a test found. */
export const ConnectionCard = ({ status: { configuration, shops } }: { status: ShopeeStatusAnswer }) => {
  const { t } = useTranslation(NAMESPACE)
  const { isFetching, refetch } = useConnectionTest()
  return (
    <Section
      title={t("settings.connection")}
      text={t("settings.connectionText")}
      actions={
        <Button size="small" variant="secondary" isLoading={isFetching} onClick={() => void refetch()}>
          {t("settings.test")}
        </Button>
      }
    >
      {!configuration.configured && (
        <div className="px-6 py-4">
          <Alert variant="warning">
            {t("settings.notConfigured", { variables: configuration.missing.join(", ") })}
          </Alert>
        </div>
      )}
      {shops.map((shop) => (
        <Shop key={shop.shop_id} shop={shop} configured={configuration.configured} />
      ))}
      <Checks />
    </Section>
  )
}
