import { StatusBadge } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ShopeeConfiguration } from "../../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../../lib/namespace"
import { Fact } from "../fact"
import { Section } from "../section"

const Present = ({ label, present }: { label: string; present: boolean }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <Fact label={label}>
      <StatusBadge color={present ? "green" : "red"}>{t(present ? "settings.set" : "settings.notSet")}</StatusBadge>
    </Fact>
  )
}

/** Which variables are set. Keys are never shown, and nothing here can be changed: that is the environment's business. */
export const ConfigurationCard = ({ configuration }: { configuration: ShopeeConfiguration }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <Section title={t("settings.configuration")} text={t("settings.configurationText")}>
      <div className="py-1">
        <Fact label={t("settings.partnerId")}>{configuration.partner_id ?? t("settings.notSet")}</Fact>
        <Fact label={t("settings.shopId")}>{configuration.shop_id ?? t("settings.notSet")}</Fact>
        <Present label={t("settings.partnerKey")} present={configuration.partner_key} />
        <Present label={t("settings.pushKey")} present={configuration.push_keys > 0} />
        <Present label={t("settings.tokenKey")} present={configuration.token_keys > 0} />
        <Present label={t("settings.alerts")} present={configuration.alert_webhook} />
        <Fact label={t("settings.api")}>
          <span className="break-all">{configuration.api_base_url}</span>
        </Fact>
      </div>
    </Section>
  )
}
