import { defineRouteConfig } from "@medusajs/admin-sdk"
import { CogSixTooth } from "@medusajs/icons"
import { Container, Heading, Skeleton } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import { useSearchParams } from "react-router-dom"
import type { ShopeeStatusAnswer } from "../../../../modules/connectors/shopee/types/desk"
import { Breadcrumb } from "../../../components/breadcrumb"
import { LoadFailure } from "../../../components/load-failure"
import { AuthorizationResult } from "../../../components/settings/authorization-result"
import { BackfillCard } from "../../../components/settings/backfill-card"
import { ConfigurationCard } from "../../../components/settings/configuration-card"
import { ConnectionCard } from "../../../components/settings/connection-card"
import { MappingsCard } from "../../../components/settings/mappings-card"
import { PushCard } from "../../../components/settings/push-card"
import { useConnectorStatus } from "../../../lib/connector-status"
import { NAMESPACE } from "../../../lib/namespace"

const Known = ({ status }: { status: ShopeeStatusAnswer }) => {
  const { configuration, shops } = status
  const known = shops.map(({ shop_id }) => shop_id)
  const connected = shops.filter(({ token }) => token === "authorized").map(({ shop_id }) => shop_id)
  return (
    <>
      <div className="flex flex-col gap-3 xl:flex-row xl:items-start">
        <div className="flex min-w-0 grow flex-col gap-y-3">
          <ConnectionCard status={status} />
          <BackfillCard key={connected.join()} shops={connected} />
        </div>
        <div className="flex w-full shrink-0 flex-col gap-y-3 xl:w-[400px]">
          <PushCard callbackUrl={configuration.callback_url} />
          <ConfigurationCard configuration={configuration} />
        </div>
      </div>
      <MappingsCard shops={known} />
    </>
  )
}

/** The connector's settings: connection, pushes, what listings sell, and taking days in again. Shopee's authorisation comes back to here. */
const SettingsPage = () => {
  const { t } = useTranslation(NAMESPACE)
  const [address] = useSearchParams()
  const { data, isError, refetch } = useConnectorStatus()
  return (
    <div className="flex flex-col gap-y-3" data-testid="connector-settings">
      <AuthorizationResult address={address} />
      {data ? (
        <Known status={data} />
      ) : (
        <Container className="divide-y p-0">
          <Heading className="px-6 py-4">{t("settings.title")}</Heading>
          {isError ? (
            <LoadFailure text={t("settings.failed")} again={t("settings.tryAgain")} onRetry={() => void refetch()} />
          ) : (
            <div className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true" aria-label={t("settings.loading")}>
              <Skeleton className="h-4 w-1/2" />
              <Skeleton className="h-4 w-3/4" />
              <Skeleton className="h-40 w-full" />
            </div>
          )}
        </Container>
      )}
    </div>
  )
}

export const handle = { breadcrumb: () => <Breadcrumb text="settings.title" /> }

export const config = defineRouteConfig({
  label: "settings.menu",
  // The build reads this without running it: only a literal is seen.
  translationNs: "connectors",
  icon: CogSixTooth,
  rank: 4,
})

export default SettingsPage
