/**
 * Sets the clock of a Node process off by CLOCK_OFFSET_MS: `NODE_OPTIONS="--require …/clock-offset.js"`. Timers go on as they are, as on a
 * machine whose clock is wrong.
 */
const offsetMs = Number(process.env.CLOCK_OFFSET_MS)
const RealDate = Date
const now = () => RealDate.now() + offsetMs

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
})
