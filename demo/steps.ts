import type { Terminal } from "./terminal"

/** Says what came of a step, in a few words behind its name. */
export type Note = (text: string) => void

/** `63` → `1:03`. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
}

/** The numbered steps of the demo: each shows that it runs, then how long it took. */
export class Steps {
  private number = 0
  private abandoned = false

  constructor(private readonly terminal: Terminal) {}

  /** The demo is being stopped: how the present step ends is no news any more. */
  abandon(): void {
    this.abandoned = true
  }

  /** Runs one step; a failure is marked and passed on. */
  async run<Result>(title: string, work: (note: Note) => Promise<Result>): Promise<Result> {
    const { terminal } = this
    const { style } = terminal
    const number = String(++this.number).padStart(2)
    const started = Date.now()
    const seconds = () => (Date.now() - started) / 1000
    let remark = ""
    terminal.setStatus(() => `${number}  ${title}  ${Math.floor(seconds())} s`)
    const finish = (mark: string) => {
      terminal.clearStatus()
      const took = `${seconds().toFixed(1)} s`.padStart(7)
      const text = remark ? `${title} · ${remark}` : title
      terminal.line(` ${mark} ${number}  ${text.padEnd(terminal.width - 16)} ${style.dim(took)}`)
    }
    try {
      const result = await work((text) => {
        remark = text
      })
      finish(style.green("✓"))
      return result
    } catch (error) {
      if (!this.abandoned) {
        finish(style.red("✗"))
      }
      throw error
    }
  }
}
