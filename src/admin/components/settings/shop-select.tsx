import { Label, Select } from "@medusajs/ui"
import { useId } from "react"
import { useTranslation } from "react-i18next"
import { NAMESPACE } from "../../lib/namespace"

interface ShopSelectProps {
  shops: string[]
  value: string
  onChange: (shop: string) => void
  size?: "base" | "small"
}

/** Chooses one of several shops. Shows nothing while there is no choice. */
export const ShopSelect = ({ shops, value, onChange, size = "base" }: ShopSelectProps) => {
  const { t } = useTranslation(NAMESPACE)
  const field = useId()
  if (shops.length < 2) {
    return null
  }
  return (
    <div className="flex min-w-36 flex-col gap-y-1">
      <Label htmlFor={field} size="small" weight="plus">
        {t("settings.shopLabel")}
      </Label>
      <Select size={size} value={value} onValueChange={onChange}>
        <Select.Trigger id={field}>
          <Select.Value />
        </Select.Trigger>
        <Select.Content>
          {shops.map((shop) => (
            <Select.Item key={shop} value={shop}>
              {shop}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </div>
  )
}
