import { clx, Hint, Input, Text } from "@medusajs/ui"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { NAMESPACE } from "../lib/namespace"
import { useSettledText } from "../lib/settled-text"
import { useVariants } from "../lib/sku-mapping"

interface VariantSearchProps {
  initialText: string
  chosenId: string | null
  onChoose: (id: string | null) => void
}

/** Finds one of Medusa's variants by its product, its title or its SKU. */
export const VariantSearch = ({ initialText, chosenId, onChoose }: VariantSearchProps) => {
  const { t } = useTranslation(NAMESPACE)
  const [text, setText] = useState(initialText)
  const searched = useSettledText(text.trim())
  const { data: variants, isFetching, isError } = useVariants(searched)
  const note = isError
    ? t("mapping.searchFailed")
    : isFetching && !variants
      ? t("mapping.searching")
      : variants?.length === 0
        ? t("mapping.noVariant")
        : null
  return (
    <div className="flex flex-col gap-y-2">
      <Input
        type="search"
        value={text}
        aria-label={t("mapping.search")}
        placeholder={t("mapping.searchPlaceholder")}
        onChange={(event) => {
          setText(event.target.value)
          onChoose(null)
        }}
      />
      {searched !== "" && (
        <div aria-live="polite">
          {note !== null && <Hint variant={isError ? "error" : "info"}>{note}</Hint>}
          {!isError && variants !== undefined && variants.length > 0 && (
            <ul className="border-ui-border-base divide-ui-border-base max-h-60 divide-y overflow-y-auto rounded-lg border">
              {variants.map((variant) => (
                <li key={variant.id}>
                  <button
                    type="button"
                    aria-pressed={variant.id === chosenId}
                    onClick={() => onChoose(variant.id)}
                    className={clx(
                      "flex w-full items-baseline justify-between gap-x-4 px-3 py-2 text-left",
                      variant.id === chosenId ? "bg-ui-bg-highlight" : "hover:bg-ui-bg-base-hover"
                    )}
                  >
                    <Text as="span" size="small" leading="compact" className="min-w-0 break-words">
                      {variant.product?.title} · {variant.title}
                    </Text>
                    <Text
                      as="span"
                      size="small"
                      leading="compact"
                      family="mono"
                      className="text-ui-fg-subtle break-all"
                    >
                      {variant.sku ?? t("mapping.noSku")}
                    </Text>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </div>
  )
}
