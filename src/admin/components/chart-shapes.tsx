import { clx } from "@medusajs/ui"
import { runsOf } from "../lib/chart-scale"

export type ChartTone = "blue" | "green" | "orange" | "neutral"

/** One row of values, drawn as bars or as a line. `null` = nothing is known. */
export interface ChartSeries {
  name: string
  shape: "bars" | "line"
  tone: ChartTone
  values: (number | null)[]
}

/** Swatches and shapes take their colour from these, which Medusa changes with the theme. */
export const TONES: Readonly<Record<ChartTone, string>> = {
  blue: "text-ui-tag-blue-icon",
  green: "text-ui-tag-green-icon",
  orange: "text-ui-tag-orange-icon",
  neutral: "text-ui-fg-disabled",
}

/** Where things are in a chart, in pixels. */
export interface ChartPlot {
  width: number
  /** Width of one place. */
  slot: number
  /** Where 0 is. */
  base: number
  left: (index: number) => number
  center: (index: number) => number
  y: (value: number) => number
}

const WIDEST_BAR = 28
const GAP = 2

interface BarsProps {
  plot: ChartPlot
  series: ChartSeries
  /** Which of the rows of bars beside each other it is, from 0. */
  position: number
  of: number
}

/** A row of bars. A value that is not 0 is seen, however small it is. */
export const ChartBars = ({ plot, series, position, of }: BarsProps) => {
  const width = Math.max(1, Math.min(WIDEST_BAR, (plot.slot * 0.7) / of - GAP))
  const start = -(of * (width + GAP) - GAP) / 2 + position * (width + GAP)
  return (
    <g className={clx("fill-current", TONES[series.tone])}>
      {series.values.map((value, index) => {
        if (value === null || value <= 0) {
          return null
        }
        const height = Math.max(2, plot.base - plot.y(value))
        return (
          <rect
            key={index}
            x={plot.center(index) + start}
            y={plot.base - height}
            width={width}
            height={height}
            rx={Math.min(2, width / 2)}
          />
        )
      })}
    </g>
  )
}

/** A line through the values that are known, with a dot at each: one that stands alone is seen as well. */
export const ChartLine = ({ plot, series }: { plot: ChartPlot; series: ChartSeries }) => {
  const point = (index: number) => ({ x: plot.center(index), y: plot.y(series.values[index] ?? 0) })
  return (
    <g className={TONES[series.tone]}>
      {runsOf(series.values).map((run) => (
        <g key={run[0]}>
          <polyline
            points={run.map((index) => `${point(index).x},${point(index).y}`).join(" ")}
            className="fill-none stroke-current"
            strokeWidth={1.5}
            strokeLinejoin="round"
          />
          {run.map((index) => (
            <circle key={index} cx={point(index).x} cy={point(index).y} r={2} className="fill-current" />
          ))}
        </g>
      ))}
    </g>
  )
}
