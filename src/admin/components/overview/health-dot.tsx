import { clx } from "@medusajs/ui"

export type HealthLevel = "good" | "quiet" | "warning" | "error"

const TONES: Readonly<Record<HealthLevel, string>> = {
  good: "bg-ui-tag-green-icon",
  quiet: "bg-ui-tag-neutral-icon",
  warning: "bg-ui-tag-orange-icon",
  error: "bg-ui-tag-red-icon",
}

/** A colour beside a text that says the same. */
export const HealthDot = ({ level }: { level: HealthLevel }) => (
  <span className={clx("size-2 shrink-0 rounded-full", TONES[level])} aria-hidden="true" />
)
