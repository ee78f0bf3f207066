import { Container, Heading, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface SectionProps {
  title: string
  /** What it is for, in a sentence. */
  text?: string
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** A part of a screen with its title. */
export const Section = ({ title, text, actions, children }: SectionProps) => (
  <Container className="divide-y p-0">
    <div className="flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="min-w-0">
        <Heading level="h2">{title}</Heading>
        {text !== undefined && (
          <Text size="small" className="text-ui-fg-subtle">
            {text}
          </Text>
        )}
      </div>
      {actions !== undefined && <div className="flex shrink-0 items-center gap-x-2">{actions}</div>}
    </div>
    {children}
  </Container>
)
