import type { PushSettings } from "../control/reports"

/** Shopee's waits between attempts, in seconds. */
export const SHOPEE_RETRY_DELAYS = [300, 1800, 10_800]
/** The codes that set_app_push_config documents. */
export const CONFIGURABLE_CODES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

const SHOPEE_TIMEOUT_MS = 3000
const DEFAULT_CONCURRENCY = 32
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"])

/** A setting that can't be used; the message says which and why. */
export class PushSettingError extends Error {
  constructor(message: string) {
    super(message)
    this.name = "PushSettingError"
  }
}

/** Where pushes go, how they are signed, and which are wanted. */
export class Subscription {
  callbackUrl: string | null = null
  pushKey: string
  retryDelays: number[] = SHOPEE_RETRY_DELAYS
  timeoutMs = SHOPEE_TIMEOUT_MS
  concurrency = DEFAULT_CONCURRENCY
  readonly codesOff = new Set<number>()
  blockedShops = new Set<number>()
  private deliveryUrl: string | null = null

  constructor(pushKey: string) {
    this.pushKey = pushKey
  }

  /** The address pushes are sent to, or null without a subscription. */
  get target(): string | null {
    return this.callbackUrl === null ? null : (this.deliveryUrl ?? this.callbackUrl)
  }

  /** @throws PushSettingError when pushes would leave this machine or a number is out of range */
  apply(settings: PushSettings): void {
    const callbackUrl = settings.callbackUrl === undefined ? this.callbackUrl : settings.callbackUrl
    const deliveryUrl = settings.deliveryUrl === undefined ? this.deliveryUrl : settings.deliveryUrl
    const target = callbackUrl === null ? null : (deliveryUrl ?? callbackUrl)
    if (target !== null) requireLoopback(target)
    const delays = settings.retryDelays ?? this.retryDelays
    const retryDelays =
      settings.retries === undefined ? delays : (settings.retryDelays ?? SHOPEE_RETRY_DELAYS).slice(0, settings.retries)
    if (retryDelays.some((delay) => !(delay >= 0))) throw new PushSettingError("retryDelays must be seconds, 0 or more")
    this.timeoutMs = positive("timeoutMs", settings.timeoutMs ?? this.timeoutMs)
    this.concurrency = positive("concurrency", settings.concurrency ?? this.concurrency)
    this.callbackUrl = callbackUrl
    this.deliveryUrl = deliveryUrl
    this.retryDelays = retryDelays
    this.pushKey = settings.pushKey ?? this.pushKey
  }

  /** Whether a push of this code and shop is wanted at all. */
  wants(code: number, shopId: number | undefined): boolean {
    return this.target !== null && !this.codesOff.has(code) && !(shopId !== undefined && this.blockedShops.has(shopId))
  }
}

function positive(name: string, value: number): number {
  if (!(value > 0)) throw new PushSettingError(`${name} must be above 0`)
  return value
}

function requireLoopback(url: string): void {
  if (!URL.canParse(url)) throw new PushSettingError(`not a URL: ${url}`)
  const { hostname, protocol } = new URL(url)
  if (protocol !== "http:" || !LOOPBACK_HOSTS.has(hostname)) {
    throw new PushSettingError(`the sandbox sends pushes to this machine only (http://127.0.0.1…), not to ${url}`)
  }
}
