import { CommandLineError, parseCommandLine } from "../command-line"

describe("the demo's command line", () => {
  it.each([
    [[], { once: false, help: false }],
    [["--once"], { once: true, help: false }],
    [["--help"], { once: false, help: true }],
    [["-h"], { once: false, help: true }],
  ])("understands %j", (argv, options) => {
    expect(parseCommandLine(argv)).toEqual(options)
  })

  it.each(["--onec", "once", "--port=9000", ""])("refuses %j in one line that names it", (argument) => {
    expect(() => parseCommandLine(["--once", argument])).toThrow(CommandLineError)
    expect(() => parseCommandLine([argument])).toThrow(new RegExp(`^Unknown option ${argument}: [^\\n]+$`))
  })
})
