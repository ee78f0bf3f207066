import { Button, Hint, Input, Label, toast } from "@medusajs/ui"
import { type ReactNode, useId, useState } from "react"
import { useTranslation } from "react-i18next"
import { NAMESPACE } from "../lib/namespace"
import { useOutcomeToasts } from "../lib/outcome-toasts"
import { type Listing, useMapListing } from "../lib/sku-mapping"
import { VariantSearch } from "./variant-search"

const MOST_PIECES = 10_000

interface MappingFormProps {
  /** null = it isn't said yet which one. */
  listing: Listing | null
  /** What is searched for at first. */
  initialText: string
  initialVariantId?: string | null
  initialPieces?: number
  /** What comes before the variant. */
  children: ReactNode
  onSaved?: () => void
}

/** Says which variant a listing sells, and how many pieces of it. */
export const MappingForm = ({
  listing,
  initialText,
  initialVariantId = null,
  initialPieces = 1,
  children,
  onSaved,
}: MappingFormProps) => {
  const { t } = useTranslation(NAMESPACE)
  const toasts = useOutcomeToasts()
  const piecesField = useId()
  const [variantId, setVariantId] = useState(initialVariantId)
  const [piecesText, setPiecesText] = useState(String(initialPieces))
  const { mutate, isPending } = useMapListing()
  const pieces = /^\d{1,5}$/.test(piecesText) ? Number(piecesText) : 0
  const valid = pieces >= 1 && pieces <= MOST_PIECES

  const save = () => {
    if (listing === null || variantId === null || !valid) {
      return
    }
    mutate(
      { ...listing, variant_id: variantId, pieces_per_unit: pieces },
      {
        onSuccess: ({ released_orders: count }) => {
          toast.success(t("mapping.saved"), { description: t("mapping.released", { count }) })
          onSaved?.()
        },
        onError: toasts.refused,
      }
    )
  }
  return (
    <form
      className="flex flex-col gap-y-3"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {children}
      <VariantSearch initialText={initialText} chosenId={variantId} onChoose={setVariantId} />
      <div className="flex items-end justify-between gap-x-4">
        <div className="flex min-w-0 flex-col gap-y-1">
          <Label htmlFor={piecesField} size="small" weight="plus">
            {t("mapping.pieces")}
          </Label>
          <Input
            id={piecesField}
            type="number"
            min={1}
            max={MOST_PIECES}
            step={1}
            value={piecesText}
            aria-invalid={!valid}
            onChange={(event) => setPiecesText(event.target.value)}
          />
        </div>
        <Button
          type="submit"
          size="small"
          isLoading={isPending}
          disabled={listing === null || variantId === null || !valid}
        >
          {t("mapping.save")}
        </Button>
      </div>
      <Hint variant={valid ? "info" : "error"}>{t(valid ? "mapping.piecesText" : "mapping.piecesInvalid")}</Hint>
    </form>
  )
}
