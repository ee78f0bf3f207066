import { stripVTControlCharacters } from "node:util"
import { createStyles, cut, Terminal, wantsColour, wrap, type TerminalOutput } from "../terminal"

function fakeOutput(isTTY: boolean, columns?: number) {
  let text = ""
  const out: TerminalOutput = {
    isTTY,
    columns,
    write: (part: string | Uint8Array) => {
      text += String(part)
      return true
    },
    on: () => process.stdout,
  }
  return { out, text: () => text }
}

describe("colour", () => {
  it.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
  ])("on a terminal (%s) with %j is %s", (isTty, env, expected) => {
    expect(wantsColour(isTty, env)).toBe(expected)
  })

  it("leaves texts alone when it isn't wanted", () => {
    expect(createStyles(false).red("x")).toBe("x")
    expect(createStyles(true).red("x")).toBe("\u001b[31mx\u001b[39m")
  })
})

describe("wrap", () => {
  it("breaks at blanks and keeps a long word whole", () => {
    expect(wrap("one two three averyveryverylongword four", 9)).toEqual([
      "one two",
      "three",
      "averyveryverylongword",
      "four",
    ])
  })

  it("makes one empty line of nothing", () => {
    expect(wrap("  ", 9)).toEqual([""])
  })
})

describe("cut", () => {
  it("ends what is too long with an ellipsis", () => {
    expect([cut("abcd", 4), cut("abcde", 4), cut("abcde", 1)]).toEqual(["abcd", "abc…", "…"])
  })
})

describe("the terminal", () => {
  afterEach(() => jest.useRealTimers())

  it("prints lines above the status, which it erases and draws again", () => {
    jest.useFakeTimers()
    const { out, text } = fakeOutput(true, 80)
    const terminal = new Terminal(out, {})
    terminal.setStatus(() => "busy")
    terminal.line("done")
    terminal.clearStatus()
    const lines = text()
      .split("\r\u001b[2K")
      .map((part) => stripVTControlCharacters(part))
    expect(lines).toEqual([" ⠋ busy", "done\n ⠋ busy", ""])
  })

  it("never lets the status wrap", () => {
    jest.useFakeTimers()
    const { out, text } = fakeOutput(true, 50)
    const terminal = new Terminal(out, { NO_COLOR: "1" })
    terminal.setStatus(() => "x".repeat(200))
    terminal.clearStatus()
    expect(stripVTControlCharacters(text()).replace("\r", "").length).toBeLessThan(50)
  })

  it("prints the status every ten seconds when nobody watches", () => {
    jest.useFakeTimers()
    const { out, text } = fakeOutput(false)
    const terminal = new Terminal(out, {})
    let seconds = 0
    terminal.setStatus(() => `${seconds} s`)
    for (; seconds < 20; seconds++) {
      jest.advanceTimersByTime(1_000)
    }
    terminal.line("done")
    terminal.clearStatus()
    jest.advanceTimersByTime(60_000)
    expect(text()).toBe("   … 9 s\n   … 19 s\ndone\n")
  })

  it("indents the lines of a paragraph under its first one", () => {
    const { out, text } = fakeOutput(false, 40)
    new Terminal(out, {}).paragraph("  -> ", "the quick brown fox jumps over the lazy dog and sleeps")
    expect(text()).toBe("  -> the quick brown fox jumps over the\n     lazy dog and sleeps\n")
  })
})
