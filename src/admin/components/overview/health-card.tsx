import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { HealthDot, type HealthLevel } from "./health-dot"

interface HealthCardProps {
  /** What the card is about. */
  title: string
  /** How that is, in plain words. */
  statement: string
  level: HealthLevel
  children: ReactNode
}

/** How one part of the connector is: a statement, and the figures behind it. */
export const HealthCard = ({ title, statement, level, children }: HealthCardProps) => (
  <Container className="flex flex-col divide-y p-0">
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <div className="flex items-center gap-x-2">
        <HealthDot level={level} />
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {title}
        </Text>
      </div>
      <Heading level="h2">{statement}</Heading>
    </div>
    <dl className="flex flex-col gap-y-2 px-6 py-4">{children}</dl>
  </Container>
)

/** A figure of a card. */
export const CardFact = ({ label, title, children }: { label: string; title?: string; children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-x-4">
    <dt className="txt-compact-small text-ui-fg-subtle min-w-0 truncate">{label}</dt>
    <dd className="txt-compact-small text-ui-fg-base m-0 shrink-0 text-right tabular-nums" title={title}>
      {children}
    </dd>
  </div>
)

/** A card of which nothing is known yet. */
export const LoadingCard = () => (
  <Container className="flex flex-col gap-y-3 px-6 py-4" aria-busy="true">
    <Skeleton className="h-3 w-1/3" />
    <Skeleton className="h-5 w-2/3" />
    <Skeleton className="mt-4 h-3 w-full" />
    <Skeleton className="h-3 w-full" />
    <Skeleton className="h-3 w-3/4" />
  </Container>
)
