/** What the demo was asked for. */
export interface DemoOptions {
  /** Stop when the day is over; the exit code tells whether everything is equal. */
  once: boolean
  help: boolean
}

/** The command line can't be used; the message is one line. */
export class CommandLineError extends Error {
  override readonly name = "CommandLineError"
}

/** @throws CommandLineError for anything the demo doesn't know */
export function parseCommandLine(argv: readonly string[]): DemoOptions {
  const unknown = argv.find((argument) => !["--once", "--help", "-h"].includes(argument))
  if (unknown !== undefined) {
    throw new CommandLineError(`Unknown option ${unknown}: the demo knows --once and --help (npm run demo -- --once).`)
  }
  return { once: argv.includes("--once"), help: argv.includes("--help") || argv.includes("-h") }
}

/** The text of --help. */
export const HELP = `Usage: npm run demo [-- --once]

Starts Postgres, a local Shopee Open Platform and the built platform, lets a day of Shopee orders
happen in a minute, and compares every order of Shopee's with its order in Medusa. Nothing leaves
this machine.

  --once   stop afterwards; exit code 0 = everything is equal, 1 = something is not
           (without it the platform stays up with its Admin until Ctrl-C)
  --help   this text

Environment
  PORT       port of the platform (default: a free one)
  NO_COLOR   no colours

Logs of everything that is started lie in .data/demo/.`
