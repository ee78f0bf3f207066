import { type FailPoint, parseFailPoints } from "../../../config/fail-points"

/**
 * Sends this process the signal that `FAIL_POINTS` names for the point; does nothing when it names none, as it does everywhere but in
 * the fault suite. A start refuses the variable unless Shopee is a server of this machine (`readEnvironment`).
 */
export function failPoint(point: FailPoint, env: NodeJS.ProcessEnv = process.env): void {
  if (!env.FAIL_POINTS) {
    return
  }
  const armed = parseFailPoints(env.FAIL_POINTS)
  const signal = typeof armed === "string" ? undefined : armed.get(point)
  if (signal) {
    console.error(`[fail-point] ${point}: this process sends itself ${signal}.`)
    process.kill(process.pid, signal)
  }
}
