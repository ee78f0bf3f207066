import { helpText, parseCommandLine } from "../command-line"

const NAMES = ["drain", "webhook"]

describe("the benchmark's command line", () => {
  it("takes measures by name, and all of them when none is named", () => {
    expect(parseCommandLine([], NAMES)).toEqual({ measures: [], quick: false, help: false, jsonFile: null })
    expect(parseCommandLine(["webhook", "--quick", "--json", "x.json"], NAMES)).toEqual({
      measures: ["webhook"],
      quick: true,
      help: false,
      jsonFile: "x.json",
    })
  })

  it("refuses what it doesn't know and says what there is", () => {
    expect(() => parseCommandLine(["drian"], NAMES)).toThrow(
      'There is no measure or option "drian". Measures: drain, webhook.'
    )
    expect(() => parseCommandLine(["--json"], NAMES)).toThrow("--json needs the name of a file.")
    expect(helpText(NAMES)).toContain("drain, webhook")
  })
})
