import { execFileSync } from "node:child_process"
import { COLLECTOR_FLAGS } from "../collector"

describe("the flags of the collector", () => {
  it("are flags of this Node: one that it doesn't know would be passed over in silence when it is set later", () => {
    const nodeWith = (flags: string[]) => execFileSync(process.execPath, [...flags, "--eval", "0"], { stdio: "pipe" })
    expect(() => nodeWith(COLLECTOR_FLAGS)).not.toThrow()
    expect(() => nodeWith(["--no-such-flag-of-v8"])).toThrow("bad option")
  })
})
