import { Text } from "@medusajs/ui"
import { useTranslation } from "react-i18next"
import type { ExceptionView } from "../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../lib/namespace"
import { MappingForm } from "./mapping-form"

/** Lets a person say which variant the listings of a held order sell. Shows nothing for an exception that no mapping can settle. */
export const ListingMapping = ({ exception }: { exception: ExceptionView }) => {
  const { t } = useTranslation(NAMESPACE)
  const { listings, sku } = exception.details
  const { shop_id: shopId } = exception
  if (exception.status !== "open" || shopId === null || !Array.isArray(listings) || listings.length === 0) {
    return null
  }
  return (
    <section className="flex flex-col gap-y-4 px-6 py-4" aria-label={t("mapping.title")}>
      <div>
        <Text size="small" leading="compact" weight="plus">
          {t("mapping.title")}
        </Text>
        <Text size="small" className="text-ui-fg-subtle">
          {t("mapping.text")}
        </Text>
      </div>
      {listings.map((listing) => {
        const [itemId = "", modelId = ""] = listing.split(":")
        return (
          <MappingForm
            key={listing}
            listing={{ shop_id: shopId, item_id: itemId, model_id: modelId }}
            initialText={typeof sku === "string" ? sku : ""}
          >
            <Text size="small" leading="compact" weight="plus">
              {modelId === "0"
                ? t("mapping.item", { item: itemId })
                : t("mapping.variation", { item: itemId, model: modelId })}
            </Text>
          </MappingForm>
        )
      })}
    </section>
  )
}
