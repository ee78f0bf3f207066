/** Lengths of a step between two gridlines, up to a power of ten: numbers that people count in. */
const STEPS = [1, 2, 2.5, 5, 10]
const MOST_STEPS = 4

/**
 * The values that gridlines stand at: from 0 to no less than `greatest`, in few steps of a round length. Pure.
 *
 * @param wholeNumbers true for what is counted: no line stands between two numbers
 */
export function gridlinesUpTo(greatest: number, wholeNumbers = false): number[] {
  const reach = Math.max(greatest, wholeNumbers ? 1 : Number.MIN_VALUE)
  if (greatest <= 0) {
    return wholeNumbers ? [0, 1] : [0]
  }
  const power = 10 ** Math.floor(Math.log10(reach / MOST_STEPS))
  const step = STEPS.map((factor) => factor * power).find(
    (length) => length * MOST_STEPS >= reach && (!wholeNumbers || Number.isInteger(length))
  )
  const length = step ?? Math.ceil(reach / MOST_STEPS)
  const count = Math.ceil(reach / length)
  // Multiplied, not added up: 0.1 + 0.2 would show.
  return Array.from({ length: count + 1 }, (_, index) => Number((index * length).toPrecision(12)))
}

/** Indices of the values that stand side by side without a gap: a line is drawn through each run. Pure. */
export function runsOf(values: readonly (number | null)[]): number[][] {
  return values.reduce<number[][]>((runs, value, index) => {
    if (value === null) {
      return runs
    }
    const last = runs.at(-1)
    if (last?.at(-1) === index - 1) {
      last.push(index)
      return runs
    }
    return [...runs, [index]]
  }, [])
}
