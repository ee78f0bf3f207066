import { failPoint } from "../fail-point"

describe("failPoint", () => {
  const kill = jest.spyOn(process, "kill").mockReturnValue(true)
  const print = jest.spyOn(console, "error").mockReturnValue(undefined)

  beforeEach(() => jest.clearAllMocks())
  afterAll(() => jest.restoreAllMocks())

  it.each([{}, { FAIL_POINTS: "" }, { FAIL_POINTS: "orders-read" }, { FAIL_POINTS: "nonsense" }])(
    "does nothing unless the environment names it: %j",
    (env) => {
      failPoint("orders-created", env)
      expect(kill).not.toHaveBeenCalled()
      expect(print).not.toHaveBeenCalled()
    }
  )

  it("says so and sends this process the signal", () => {
    failPoint("orders-created", { FAIL_POINTS: "orders-read,orders-created=SIGSTOP" })
    expect(kill).toHaveBeenCalledWith(process.pid, "SIGSTOP")
    expect(print).toHaveBeenCalledWith(expect.stringContaining("orders-created"))
  })
})
