/** How a sandbox is set up. */
export interface SandboxOptions {
  /** Port to listen on at 127.0.0.1; 0 (the default) takes a free one. */
  port?: number
  partnerId: number
  partnerKey: string
  /** Signs pushes; another key than the partner key, as at Shopee. */
  pushKey: string
  /** The shop orders belong to unless they say otherwise. */
  shopId: number
  /** Where pushes go, exactly as it would be saved in the console. None: nothing is pushed. */
  callbackUrl?: string
  /** Where pushes are really sent when the callback URL, which is signed, is not on this machine. */
  deliveryUrl?: string
  /** Seconds of sandbox time between push attempts. Default 300, 1800, 10800. */
  retryDelays?: number[]
  /** API calls allowed per second and shop. Default: no limit. */
  rateLimit?: number
  /** Seconds of sandbox time from COMPLETED to the payout. Default three days. */
  escrowReleaseDelay?: number
  /** Start of the generated numbers: the same seed gives the same ids on the same day. Default 1. */
  seed?: number
}
