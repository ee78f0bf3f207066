import type { Measure } from "../measure"
import { desk } from "./desk"
import { drain } from "./drain"
import { flood } from "./flood"
import { growth } from "./growth"
import { latency } from "./latency"
import { memory } from "./memory"
import { start } from "./start"
import { statuses } from "./statuses"
import { storm } from "./storm"
import { webhook } from "./webhook"

/** In the sequence in which they are run: what takes long comes before what the shop's age could disturb. */
export const MEASURES: readonly Measure[] = [
  latency,
  drain,
  storm,
  statuses,
  memory,
  webhook,
  flood,
  start,
  desk,
  growth,
]
