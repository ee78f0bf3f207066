import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface FactProps {
  label: string
  children: ReactNode
}

/** A named value of a section, in the two columns that Medusa's own sections have. */
export const Fact = ({ label, children }: FactProps) => (
  <div className="text-ui-fg-subtle grid grid-cols-2 items-start gap-x-2 px-6 py-3">
    <Text size="small" leading="compact" weight="plus">
      {label}
    </Text>
    <div className="txt-compact-small flex min-w-0 flex-wrap items-center justify-end gap-x-2 break-words text-right">
      {children}
    </div>
  </div>
)
