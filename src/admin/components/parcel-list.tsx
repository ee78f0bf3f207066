import { Copy, StatusBadge, Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ParcelState, ParcelView } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../lib/namespace"

const COLORS: Readonly<Record<ParcelState, "grey" | "blue" | "green" | "red">> = {
  packed: "grey",
  shipped: "blue",
  delivered: "green",
  canceled: "red",
}

const Parcel = ({ parcel }: { parcel: ParcelView }) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <li className="flex flex-col gap-y-1">
      <div className="flex items-center justify-between gap-x-2">
        <Text size="small" leading="compact" weight="plus" className="min-w-0 truncate">
          {parcel.package_number === null
            ? t("parcel.unnumbered")
            : t("parcel.number", { number: parcel.package_number })}
        </Text>
        <StatusBadge color={COLORS[parcel.state]}>{t(`parcel.${parcel.state}`)}</StatusBadge>
      </div>
      <div className="text-ui-fg-subtle flex items-center justify-between gap-x-2">
        <Text size="small" leading="compact" className="min-w-0 truncate">
          {parcel.carrier}
        </Text>
        {parcel.tracking_number === null ? (
          <Text size="small" leading="compact" className="text-ui-fg-muted">
            {t("orderWidget.noTracking")}
          </Text>
        ) : (
          <span className="flex min-w-0 items-center gap-x-1">
            <Text size="small" leading="compact" family="mono" className="truncate">
              {parcel.tracking_number}
            </Text>
            <Copy content={parcel.tracking_number} aria-label={t("parcel.tracking")} className="text-ui-fg-muted" />
          </span>
        )}
      </div>
    </li>
  )
}

/** The parcels of an order, with what it takes to follow them. */
export const ParcelList = ({ parcels }: { parcels: ParcelView[] }) => (
  <ul className="flex flex-col gap-y-3">
    {parcels.map((parcel) => (
      <Parcel key={parcel.fulfillment_id} parcel={parcel} />
    ))}
  </ul>
)
