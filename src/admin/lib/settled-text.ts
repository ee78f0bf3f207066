import { useEffect, useState } from "react"

const TYPING_PAUSE_MS = 250

/** A text as it is once its writer pauses, so that not every key asks the server. */
export function useSettledText(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
