import { useTranslation } from "react-i18next"
import type { ShopeeStatusAnswer } from "../../../modules/connectors/shopee/types/desk"
import { useFigures } from "../../lib/figures"
import { useFormats } from "../../lib/formats"
import { NAMESPACE } from "../../lib/namespace"
import { CardFact, HealthCard } from "./health-card"

/** Whether Shopee can be called for the shop, and for how long. Of several shops the one that is configured is told of. */
export const ConnectionCard = ({ shops }: Pick<ShopeeStatusAnswer, "shops">) => {
  const { t } = useTranslation(NAMESPACE)
  const { time, age } = useFormats()
  const { distance } = useFigures()
  const shop = shops.find(({ configured }) => configured) ?? shops[0]
  const title = t("overview.connection.title")
  if (!shop) {
    return (
      <HealthCard title={title} statement={t("overview.connection.none")} level="error">
        <CardFact label={t("overview.connection.shop")}>–</CardFact>
      </HealthCard>
    )
  }
  const paused = shop.paused_until !== null
  const level = shop.token !== "authorized" ? "error" : paused ? "warning" : "good"
  return (
    <HealthCard
      title={title}
      statement={t(`overview.connection.${paused && level === "warning" ? "paused" : shop.token}`)}
      level={level}
    >
      <CardFact label={t("overview.connection.shop")}>{shop.shop_id}</CardFact>
      <CardFact
        label={t("overview.connection.ends")}
        title={shop.authorization_ends_at === null ? undefined : time(shop.authorization_ends_at)}
      >
        {shop.authorization_ends_at === null
          ? t("overview.connection.endUnknown")
          : distance(shop.authorization_ends_at)}
      </CardFact>
      <CardFact
        label={t("overview.connection.refreshed")}
        title={shop.refreshed_at === null ? undefined : time(shop.refreshed_at)}
      >
        {shop.refreshed_at === null ? "–" : age(shop.refreshed_at)}
      </CardFact>
      <CardFact label={t("overview.connection.calls")}>
        {shop.token !== "authorized"
          ? t("overview.none")
          : shop.paused_until !== null
            ? t("overview.connection.pausedUntil", { distance: distance(shop.paused_until) })
            : shop.failed_calls > 0
              ? t("overview.connection.failing", { count: shop.failed_calls })
              : t("overview.connection.answered")}
      </CardFact>
      {shops.length > 1 && (
        <CardFact label={t("overview.connection.others")}>
          {t("overview.connection.otherShops", {
            count: shops.length - 1,
            connected: shops.filter((one) => one !== shop && one.token === "authorized").length,
          })}
        </CardFact>
      )}
    </HealthCard>
  )
}
