import { SHOPEE_VARIABLES } from "../../../../config/environment"
import type { AuthTokenStore } from "../auth/auth-token-store"
import { readShopeeConfig, type ShopeeConfig, type ShopeeNotConfigured, ShopeeNotConfiguredError } from "../config"
import { createShopeeClient } from "./create-shopee-client"
import type { CallObserver } from "./guarded-sdk"
import type { ShopeeClient } from "./shopee-client"

/**
 * Changes whenever a variable of the connector does. Cheap enough for every push, which parsing all of them is not, and which listing the
 * names that the process was given (35 µs) is not either.
 */
const fingerprint = (env: NodeJS.ProcessEnv): string =>
  SHOPEE_VARIABLES.map((name) => `${name}=${env[name]}`).join("\n")

/**
 * The connector's configuration and one client for each shop of this process: a client holds its shop's connections and rate limit.
 * Both follow the environment.
 */
export class ShopClients {
  private known: { fingerprint: string; config: ShopeeConfig | ShopeeNotConfigured } | null = null
  private readonly clients = new WeakMap<ShopeeConfig, Map<string, ShopeeClient>>()

  constructor(
    private readonly store: AuthTokenStore,
    private readonly observe: CallObserver
  ) {}

  /** @throws EnvironmentError when a variable is set to something unusable */
  config(): ShopeeConfig | ShopeeNotConfigured {
    const current = fingerprint(process.env)
    if (this.known?.fingerprint !== current) {
      this.known = { fingerprint: current, config: readShopeeConfig() }
    }
    return this.known.config
  }

  /** @throws ShopeeNotConfiguredError */
  clientFor(shopId: string): ShopeeClient {
    const config = this.config()
    if (!config.configured) {
      throw new ShopeeNotConfiguredError(config.missing)
    }
    const clients = this.clients.get(config) ?? new Map<string, ShopeeClient>()
    this.clients.set(config, clients)
    const client =
      clients.get(shopId) ?? createShopeeClient({ config, store: this.store, shopId, observe: this.observe })
    clients.set(shopId, client)
    return client
  }
}
