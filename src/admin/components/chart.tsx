import { clx, Text } from "@medusajs/ui"
import { type KeyboardEvent, useState } from "react"
import { gridlinesUpTo } from "../lib/chart-scale"
import { useElementWidth } from "../lib/element-width"
import { ChartBars, ChartLine, type ChartPlot, type ChartSeries, TONES } from "./chart-shapes"

interface ChartProps {
  /** What the chart shows, for whoever can't see it. */
  title: string
  /** What each place along the chart is, in full. */
  places: string[]
  /** The same, short, for the axis; not all of them are written. */
  ticks: string[]
  series: ChartSeries[]
  /** A value with its unit. */
  format: (value: number) => string
  /** The same as briefly as it can be, for the axis. */
  formatAxis?: (value: number) => string
  /** True for what is counted. */
  wholeNumbers?: boolean
  /** Makes the places a choice, by click and by Enter. */
  onSelect?: (index: number) => void
}

const HEIGHT = 176
const PADDING = { top: 8, right: 4, bottom: 22, left: 52 }
/** Room that one written tick takes. */
const TICK_WIDTH = 64

const Legend = ({ series }: Pick<ChartProps, "series">) => (
  <ul className="flex items-center gap-x-4 px-6 pb-1">
    {series.map(({ name, tone }) => (
      <li key={name} className="flex items-center gap-x-2">
        <span className={clx("size-2 rounded-full bg-current", TONES[tone])} aria-hidden="true" />
        <Text as="span" size="xsmall" leading="compact" className="text-ui-fg-subtle">
          {name}
        </Text>
      </li>
    ))}
  </ul>
)

/** The values of one place, beside it. */
const Values = ({ index, left, flip, ...chart }: ChartProps & { index: number; left: number; flip: boolean }) => (
  <div
    className="bg-ui-bg-component shadow-elevation-tooltip pointer-events-none absolute top-1 z-10 flex min-w-32 flex-col gap-y-1 rounded-lg px-3 py-2"
    style={{ left, transform: flip ? "translateX(calc(-100% - 8px))" : "translateX(8px)" }}
  >
    <Text size="xsmall" leading="compact" weight="plus" className="whitespace-nowrap">
      {chart.places[index]}
    </Text>
    {chart.series.map(({ name, tone, values }) => {
      const value = values[index] ?? null
      return (
        <div key={name} className="flex items-center justify-between gap-x-4 whitespace-nowrap">
          <span className="flex items-center gap-x-2">
            <span className={clx("size-2 rounded-full bg-current", TONES[tone])} aria-hidden="true" />
            <Text as="span" size="xsmall" leading="compact" className="text-ui-fg-subtle">
              {name}
            </Text>
          </span>
          <Text as="span" size="xsmall" leading="compact" className="tabular-nums">
            {value === null ? "–" : chart.format(value)}
          </Text>
        </div>
      )
    })}
  </div>
)

/** What the picture says, for screen readers. */
const ValueTable = ({ title, places, series, format }: ChartProps) => (
  // A table is never as small as it is told to be; what is around it is.
  <div className="sr-only">
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <td />
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {places.map((place, index) => (
          <tr key={place}>
            <th scope="row">{place}</th>
            {series.map(({ name, values }) => {
              const value = values[index] ?? null
              return <td key={name}>{value === null ? "–" : format(value)}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

const Grid = ({ plot, lines, format }: { plot: ChartPlot; lines: number[]; format: (value: number) => string }) => (
  <g>
    {lines.map((value) => (
      <g key={value} transform={`translate(0 ${plot.y(value)})`}>
        <line x1={PADDING.left} x2={plot.width - PADDING.right} className="stroke-ui-border-base" strokeWidth={1} />
        <text x={PADDING.left - 8} dy="0.32em" textAnchor="end" className="fill-ui-fg-muted txt-compact-xsmall">
          {format(value)}
        </text>
      </g>
    ))}
  </g>
)

const Ticks = ({ plot, ticks }: { plot: ChartPlot; ticks: string[] }) => {
  const every = Math.max(1, Math.ceil((ticks.length * TICK_WIDTH) / (plot.width - PADDING.left - PADDING.right)))
  return (
    <g>
      {ticks.map((tick, index) =>
        // Counted from the end: the newest place is the one that is looked for.
        (ticks.length - 1 - index) % every === 0 ? (
          <text
            key={index}
            x={Math.min(plot.center(index), plot.width - TICK_WIDTH / 3)}
            y={HEIGHT - 6}
            textAnchor="middle"
            className="fill-ui-fg-muted txt-compact-xsmall"
          >
            {tick}
          </text>
        ) : null
      )}
    </g>
  )
}

function layOut(width: number, places: number, greatest: number): ChartPlot {
  const slot = (width - PADDING.left - PADDING.right) / Math.max(1, places)
  const base = HEIGHT - PADDING.bottom
  return {
    width,
    slot,
    base,
    left: (index) => PADDING.left + index * slot,
    center: (index) => PADDING.left + (index + 0.5) * slot,
    y: (value) => base - (value / greatest) * (base - PADDING.top),
  }
}

/**
 * Bars and lines over a row of places, by hand: the Admin ships no chart library, and two small charts are no reason for one. Values show
 * under the pointer, and with the arrow keys; screen readers get a table.
 */
export const Chart = (chart: ChartProps) => {
  const { title, places, ticks, series, format, formatAxis = format, wholeNumbers = false, onSelect } = chart
  const [frame, width] = useElementWidth<HTMLDivElement>()
  const [active, setActive] = useState<number | null>(null)
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null))
  const lines = gridlinesUpTo(Math.max(0, ...known), wholeNumbers)
  const plot = layOut(width, places.length, lines.at(-1) || 1)
  const bars = series.filter(({ shape }) => shape === "bars")

  const onKeyDown = (event: KeyboardEvent) => {
    const last = places.length - 1
    const moves: Record<string, number> = {
      ArrowLeft: Math.max(0, (active ?? last + 1) - 1),
      ArrowRight: Math.min(last, (active ?? last - 1) + 1),
      Home: 0,
      End: last,
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      setActive(next)
    } else if (event.key === "Escape") {
      setActive(null)
    } else if (event.key === "Enter" && active !== null) {
      onSelect?.(active)
    }
  }

  return (
    <figure className="relative m-0 pb-3 pt-1">
      <Legend series={series} />
      <div
        ref={frame}
        className="focus-visible:shadow-borders-focus relative mx-6 rounded-md outline-none"
        tabIndex={0}
        role="group"
        aria-label={title}
        onKeyDown={onKeyDown}
        onBlur={() => setActive(null)}
        onMouseLeave={() => setActive(null)}
        style={{ height: HEIGHT }}
      >
        {width > 0 && (
          <svg width={width} height={HEIGHT} className="block" aria-hidden="true">
            {active !== null && (
              <rect
                x={plot.left(active)}
                y={PADDING.top}
                width={plot.slot}
                height={plot.base - PADDING.top}
                className="fill-ui-bg-base-hover"
              />
            )}
            <Grid plot={plot} lines={lines} format={formatAxis} />
            {bars.map((one, index) => (
              <ChartBars key={one.name} plot={plot} series={one} position={index} of={bars.length} />
            ))}
            {series
              .filter(({ shape }) => shape === "line")
              .map((one) => (
                <ChartLine key={one.name} plot={plot} series={one} />
              ))}
            <Ticks plot={plot} ticks={ticks} />
            {places.map((place, index) => (
              <rect
                key={place}
                x={plot.left(index)}
                y={0}
                width={plot.slot}
                height={HEIGHT}
                className={clx("fill-transparent", onSelect && "cursor-pointer")}
                onMouseEnter={() => setActive(index)}
                onClick={() => onSelect?.(index)}
              />
            ))}
          </svg>
        )}
        {active !== null && (
          <Values {...chart} index={active} left={plot.center(active)} flip={plot.center(active) > width / 2} />
        )}
      </div>
      <ValueTable {...chart} />
    </figure>
  )
}
