/** A range of time, both ends included. */
export interface Window {
  from: Date
  to: Date
}

/**
 * Cuts a range into windows of at most `longestMs`, the earliest first. Each begins `overlapMs` before the end of the one before, so
 * that nothing falls between two of them.
 *
 * @throws RangeError for a range that ends before it begins, or an overlap as long as a window
 */
export function splitIntoWindows(
  { from, to }: Window,
  { longestMs, overlapMs }: { longestMs: number; overlapMs: number }
): Window[] {
  if (!(from <= to) || !(overlapMs < longestMs)) {
    throw new RangeError("A range has to begin before it ends, and windows have to be longer than their overlap.")
  }
  const windows: Window[] = []
  for (let start = from.getTime(); ; start += longestMs - overlapMs) {
    const end = Math.min(start + longestMs, to.getTime())
    windows.push({ from: new Date(start), to: new Date(end) })
    if (end === to.getTime()) {
      return windows
    }
  }
}
