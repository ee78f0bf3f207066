import { parseFailPoints } from "../fail-points"

describe("parseFailPoints", () => {
  it.each([undefined, "", " , "])("arms nothing for %j", (value) => {
    expect(parseFailPoints(value)).toEqual(new Map())
  })

  it("kills unless another signal is named", () => {
    expect(parseFailPoints("orders-created, orders-read=SIGSTOP")).toEqual(
      new Map([
        ["orders-created", "SIGKILL"],
        ["orders-read", "SIGSTOP"],
      ])
    )
  })

  it.each(["orders", "orders-created=SIGTERM", "orders-created=SIGSTOP=1", "=SIGSTOP,x"])("refuses %s", (value) => {
    expect(parseFailPoints(value)).toEqual(expect.stringMatching(/^FAIL_POINTS is not valid/))
  })
})
