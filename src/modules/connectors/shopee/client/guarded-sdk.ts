import { AsyncLocalStorage } from "node:async_hooks"
import type { Agent } from "node:http"
import type { ShopeeConfig } from "../config"
import { createShopeeSdk, GLOBAL_API_BASE_URL, type ShopeeSDK, type TokenStorage } from "../sdk"
import { createCallAgent } from "./call-agent"
import { CallTransport, type CallLimits, DEFAULT_LIMITS } from "./call-transport"
import { isNoError } from "./error-kinds"
import { withExactIds } from "./exact-answer"
import { apiErrorBody, brokenCall, toShopeeCallError } from "./sdk-error"
import { ShopeeCallError } from "./shopee-errors"
import type { ObservedCall } from "../types/metrics"

interface CurrentCall {
  transport: CallTransport
  accessToken: string | null
}

export interface GuardedCall {
  /** Shopee's path without the prefix. */
  endpoint: string
  /** null for the calls that Shopee signs without one ("public"). */
  accessToken: string | null
  /** What else must not appear in an error. */
  secrets?: string[]
}

/** Hears of every call once it has ended. */
export type CallObserver = (call: ObservedCall) => void

/**
 * One SDK instance whose calls have a deadline, a size limit and typed, redacted errors, and that never touches tokens by
 * itself: each call brings its access token along, valid for as long as the call may take.
 */
export class GuardedSdk {
  readonly #config: ShopeeConfig
  readonly #limits: CallLimits
  readonly #current = new AsyncLocalStorage<CurrentCall>()
  readonly #agent: Agent
  readonly #observe: CallObserver
  #sdk: Promise<ShopeeSDK> | null = null

  constructor(config: ShopeeConfig, limits: Partial<CallLimits> = {}, observe: CallObserver = () => undefined) {
    this.#config = config
    this.#observe = observe
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
    this.#agent = createCallAgent(config.apiBaseUrl ?? GLOBAL_API_BASE_URL, this.#current)
  }

  /**
   * Makes one call and answers what Shopee sent, the envelope included. Ids above 2^53 are text.
   *
   * @throws ShopeeCallError
   */
  async run(guarded: GuardedCall, call: (sdk: ShopeeSDK) => Promise<unknown>): Promise<unknown> {
    const startedAt = performance.now()
    const observe = (result: string): void =>
      this.#observe({ endpoint: guarded.endpoint, result, seconds: (performance.now() - startedAt) / 1000 })
    try {
      const answer = await this.#run(guarded, call)
      observe("ok")
      return answer
    } catch (error) {
      observe(error instanceof ShopeeCallError ? error.kind : "failed")
      throw error
    }
  }

  async #run(guarded: GuardedCall, call: (sdk: ShopeeSDK) => Promise<unknown>): Promise<unknown> {
    const { endpoint, accessToken } = guarded
    const sdk = await this.#load()
    const transport = new CallTransport(this.#limits)
    const secrets = [this.#config.partnerKey, accessToken ?? "", ...(guarded.secrets ?? [])]
    let answer: unknown
    try {
      answer = await transport.race(this.#current.run({ transport, accessToken }, () => call(sdk)))
    } catch (error) {
      const body = apiErrorBody(error)
      // The official samples print "-" or " " where there is no error, and the SDK throws for them.
      if (!body || transport.abortedBy || !isNoError(body["error"])) {
        throw toShopeeCallError({ endpoint, error, transport, secrets })
      }
      answer = body
    } finally {
      transport.end()
    }
    if (transport.httpStatus === 429 || (transport.httpStatus ?? 0) >= 500) {
      throw brokenCall({ endpoint, error: null, transport, secrets }, "(http_status)", "no error named")
    }
    try {
      return withExactIds(answer, transport.answerText)
    } catch {
      // The exact parser recurses: nesting that `JSON.parse` still takes overflows its stack. No answer of Shopee's is so deep.
      throw brokenCall({ endpoint, error: null, transport, secrets }, "(malformed)", "the answer is nested too deep")
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #load(): Promise<ShopeeSDK> {
    this.#sdk ??= this.#create()
    return this.#sdk
  }

  async #create(): Promise<ShopeeSDK> {
    const sdk = await createShopeeSdk(this.#config, this.#tokenOfTheCall(), this.#agent)
    // Without this the SDK refreshes and repeats a rejected call for ever; throwing makes it report Shopee's answer.
    sdk.refreshToken = () => Promise.reject(new Error("Tokens are refreshed under the lease only."))
    return sdk
  }

  #tokenOfTheCall(): TokenStorage {
    const readOnly = () => Promise.reject(new Error("Tokens are stored by the connector only."))
    return {
      store: readOnly,
      clear: readOnly,
      get: async () => {
        const accessToken = this.#current.getStore()?.accessToken
        return accessToken
          ? {
              access_token: accessToken,
              refresh_token: "",
              expire_in: 0,
              expired_at: Number.MAX_SAFE_INTEGER,
              shop_id: Number(this.#config.shopId),
              request_id: "",
              error: "",
              message: "",
            }
          : null
      },
    }
  }
}
