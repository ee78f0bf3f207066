import { Button, Text } from "@medusajs/ui"

interface LoadFailureProps {
  text: string
  again: string
  onRetry: () => void
}

/** Says that something could not be loaded, with the way to try it again. */
export const LoadFailure = ({ text, again, onRetry }: LoadFailureProps) => (
  <div className="flex flex-col items-start gap-y-3 px-6 py-4" role="alert">
    <Text size="small" className="text-ui-fg-subtle">
      {text}
    </Text>
    <Button size="small" variant="secondary" onClick={onRetry}>
      {again}
    </Button>
  </div>
)
