import { Drawer, Hint, Input, Label, Text } from "@medusajs/ui"
import { type ReactNode, useId, useState } from "react"
import { useTranslation } from "react-i18next"
import type { SkuMappingView } from "../../../modules/connectors/shopee/types/desk"
import { NAMESPACE } from "../../lib/namespace"
import { MappingForm } from "../mapping-form"
import { ShopSelect } from "./shop-select"

const ID = /^\d{1,20}$/

interface NumberFieldProps {
  label: string
  hint: string
  value: string
  invalid: boolean
  onChange: (value: string) => void
}

const NumberField = ({ label, hint, value, invalid, onChange }: NumberFieldProps) => {
  const field = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={field} size="small" weight="plus">
        {label}
      </Label>
      <Input
        id={field}
        inputMode="numeric"
        value={value}
        aria-invalid={invalid}
        onChange={(event) => onChange(event.target.value.trim())}
      />
      <Hint variant={invalid ? "error" : "info"}>{hint}</Hint>
    </div>
  )
}

const NewMapping = ({ shops, onSaved }: { shops: string[]; onSaved: () => void }) => {
  const { t } = useTranslation(NAMESPACE)
  const [shopId, setShopId] = useState(shops[0] ?? "")
  const [itemId, setItemId] = useState("")
  const [modelId, setModelId] = useState("")
  const modelIsValid = modelId === "" || ID.test(modelId)
  const listing =
    ID.test(shopId) && ID.test(itemId) && modelIsValid
      ? { shop_id: shopId, item_id: itemId, model_id: modelId === "" ? "0" : modelId }
      : null
  return (
    <MappingForm listing={listing} initialText="" onSaved={onSaved}>
      <ShopSelect shops={shops} value={shopId} onChange={setShopId} />
      <NumberField
        label={t("settings.item")}
        hint={t("settings.itemHint")}
        value={itemId}
        invalid={itemId !== "" && !ID.test(itemId)}
        onChange={setItemId}
      />
      <NumberField
        label={t("settings.model")}
        hint={t("settings.modelHint")}
        value={modelId}
        invalid={!modelIsValid}
        onChange={setModelId}
      />
      <FormPart>{t("settings.sells")}</FormPart>
    </MappingForm>
  )
}

const FormPart = ({ children }: { children: ReactNode }) => (
  <Text size="small" leading="compact" weight="plus">
    {children}
  </Text>
)

const ChangedMapping = ({ mapping, onSaved }: { mapping: SkuMappingView; onSaved: () => void }) => {
  const { t } = useTranslation(NAMESPACE)
  const { shop_id, item_id, model_id, variant } = mapping
  return (
    <MappingForm
      listing={{ shop_id, item_id, model_id }}
      initialText={variant?.sku ?? variant?.product_title ?? ""}
      initialVariantId={variant === null ? null : mapping.variant_id}
      initialPieces={mapping.pieces_per_unit}
      onSaved={onSaved}
    >
      <FormPart>
        {model_id === "0"
          ? t("mapping.item", { item: item_id })
          : t("mapping.variation", { item: item_id, model: model_id })}
      </FormPart>
    </MappingForm>
  )
}

interface MappingDrawerProps {
  /** null = closed. */
  mapping: SkuMappingView | "new" | null
  shops: string[]
  onClose: () => void
}

/** Adds what a listing sells, or changes it. */
export const MappingDrawer = ({ mapping, shops, onClose }: MappingDrawerProps) => {
  const { t } = useTranslation(NAMESPACE)
  return (
    <Drawer open={mapping !== null} onOpenChange={(open) => !open && onClose()}>
      <Drawer.Content aria-describedby={undefined}>
        <Drawer.Header>
          <Drawer.Title>{t(mapping === "new" ? "settings.addMapping" : "settings.changeMapping")}</Drawer.Title>
        </Drawer.Header>
        <Drawer.Body className="overflow-y-auto">
          {mapping === "new" ? (
            <NewMapping shops={shops} onSaved={onClose} />
          ) : (
            mapping !== null && <ChangedMapping key={mapping.id} mapping={mapping} onSaved={onClose} />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer>
  )
}
