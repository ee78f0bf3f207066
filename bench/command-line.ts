/** What the user asked for. */
export interface BenchOptions {
  /** Names of measures; empty: all. */
  measures: string[]
  quick: boolean
  help: boolean
  /** Where the JSON goes instead of `.data/bench/`. */
  jsonFile: string | null
}

/** The command line makes no sense; the message says what does. */
export class CommandLineError extends Error {
  override readonly name = "CommandLineError"
}

/** What `--help` prints. */
export const helpText = (names: readonly string[]): string =>
  [
    "npm run bench [-- MEASURE … [--quick] [--json FILE]]",
    "",
    "Measures the built platform against floors in the same run: embedded Postgres, a local sandbox without latency, real processes.",
    "Without a measure's name all are run, in about twenty minutes. Nothing else should run on the machine meanwhile.",
    "",
    `  MEASURE      ${names.join(", ")}`,
    "  --quick      a small round of each: shows that everything works, and its figures say little",
    "  --json FILE  where the results go (default: .data/bench/<time>.json)",
    "",
    "Exit code 0: every target is met. 1: one is not, or a measure failed.",
  ].join("\n")

/** @throws CommandLineError */
export function parseCommandLine(args: readonly string[], names: readonly string[]): BenchOptions {
  const options: BenchOptions = { measures: [], quick: false, help: false, jsonFile: null }
  const rest = [...args]
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--quick") {
      options.quick = true
    } else if (argument === "--help" || argument === "-h") {
      options.help = true
    } else if (argument === "--json") {
      options.jsonFile = rest.shift() ?? null
      if (options.jsonFile === null) {
        throw new CommandLineError("--json needs the name of a file.")
      }
    } else if (names.includes(argument)) {
      options.measures.push(argument)
    } else {
      throw new CommandLineError(`There is no measure or option "${argument}". Measures: ${names.join(", ")}.`)
    }
  }
  return options
}
