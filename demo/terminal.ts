import type { WriteStream } from "node:tty"
import { stripVTControlCharacters } from "node:util"

const SPINNER = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"]
const FRAME_MS = 100
const MAX_WIDTH = 100
/** Without a terminal the status is printed this often, so that a log shows that something is still going on. */
const PLAIN_STATUS_MS = 10_000

/** What the terminal writes to: `process.stdout`. */
export type TerminalOutput = Pick<WriteStream, "write" | "on"> & Partial<Pick<WriteStream, "isTTY" | "columns">>

type Style = (text: string) => string

/** The few styles of the demo. Without colour each is the identity. */
export interface Styles {
  bold: Style
  dim: Style
  green: Style
  red: Style
  yellow: Style
  cyan: Style
}

/** Whether colour is wanted: a terminal, and no `NO_COLOR` (https://no-color.org: set and not empty). */
export function wantsColour(isTty: boolean, env: NodeJS.ProcessEnv): boolean {
  return isTty && !env.NO_COLOR && env.TERM !== "dumb"
}

/** The styles, or their plain forms. */
export function createStyles(colour: boolean): Styles {
  const style = (code: number, end: number): Style =>
    colour ? (text) => `\u001b[${code}m${text}\u001b[${end}m` : (text) => text
  return {
    bold: style(1, 22),
    dim: style(2, 22),
    green: style(32, 39),
    red: style(31, 39),
    yellow: style(33, 39),
    cyan: style(36, 39),
  }
}

/** Breaks a text at blanks into lines of at most `width` characters; a longer word stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`
    } else {
      lines.push(word)
    }
  }
  return lines.length > 0 ? lines : [""]
}

/** Cuts an unstyled text to `width` characters, the last one an ellipsis. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}

/**
 * Where the demo writes: lines that stay, and below them one status line that a terminal redraws. Without a terminal the
 * status is printed as a line of its own every ten seconds.
 */
export class Terminal {
  readonly style: Styles
  readonly width: number
  private readonly isTty: boolean
  private status: (() => string) | null = null
  private timer: NodeJS.Timeout | null = null
  private frame = 0

  constructor(
    private readonly out: TerminalOutput,
    env: NodeJS.ProcessEnv
  ) {
    // A terminal that was closed, or a pager that has seen enough: what was started has to be stopped all the same.
    out.on("error", () => undefined)
    this.isTty = out.isTTY === true && env.TERM !== "dumb"
    this.style = createStyles(wantsColour(this.isTty, env))
    this.width = Math.max(40, Math.min(MAX_WIDTH, out.columns ?? MAX_WIDTH))
  }

  /** Prints a line that stays. */
  line(text = ""): void {
    this.erase()
    this.out.write(`${text}\n`)
    this.draw()
  }

  /** Prints a text in lines that fit, those after the first under `indent`. */
  paragraph(lead: string, text: string): void {
    const indent = stripVTControlCharacters(lead).length
    const [first = "", ...rest] = wrap(text, this.width - indent)
    this.line(`${lead}${first}`)
    rest.forEach((line) => this.line(`${" ".repeat(indent)}${line}`))
  }

  /** Shows what `describe` answers until it is replaced or cleared; it is asked again for every redraw. */
  setStatus(describe: () => string): void {
    this.clearStatus()
    this.status = describe
    if (this.isTty) {
      this.timer = setInterval(() => this.redraw(), FRAME_MS)
      this.draw()
    } else {
      this.timer = setInterval(() => this.out.write(`   … ${stripVTControlCharacters(describe())}\n`), PLAIN_STATUS_MS)
    }
  }

  /** Takes the status line away. */
  clearStatus(): void {
    if (this.timer) {
      clearInterval(this.timer)
    }
    this.erase()
    this.timer = null
    this.status = null
  }

  private redraw(): void {
    this.frame++
    this.erase()
    this.draw()
  }

  private draw(): void {
    if (this.isTty && this.status) {
      const spinner = SPINNER[this.frame % SPINNER.length] ?? ""
      // A wrapped status could not be erased again: the last column stays empty.
      this.out.write(` ${this.style.cyan(spinner)} ${cut(this.status(), this.width - 4)}`)
    }
  }

  private erase(): void {
    if (this.isTty && this.status) {
      this.out.write("\r\u001b[2K")
    }
  }
}
