import { loadEnv, defineConfig, Modules } from "@medusajs/framework/utils"
import { customDisplayIdOf } from "./src/config/custom-display-id"
import { type Environment, EnvironmentError, readEnvironment } from "./src/config/environment"
import { uploadsAddress } from "./src/config/uploads-address"

loadEnv(process.env.NODE_ENV || "development", process.cwd())

const environment = readEnvironmentOrExit()
for (const warning of environment.warnings) {
  console.warn(`[config] ${warning}`)
}

/** An operator who forgot a variable needs its name, and not a stack trace. */
function readEnvironmentOrExit(): Environment {
  try {
    return readEnvironment()
  } catch (error) {
    if (error instanceof EnvironmentError) {
      console.error(error.message)
      process.exit(1)
    }
    throw error
  }
}

/**
 * A Redis that takes what it is sent and never answers would hold whoever asks for as long: connections that are silent that long
 * are opened anew. Longer than BullMQ's workers let Redis wait for work (10 s).
 */
const redisOptions = { socketTimeout: 12_000, commandTimeout: 20_000 }

/** Of the Admin's sessions, which every one of its calls reads: an error soon is better than a page that hangs. */
const sessionRedisOptions = { socketTimeout: 5_000, commandTimeout: 3_000 }

/** Whoever waits for a lock asks again that often at least. A batch of orders holds one for hundredths of a second; Medusa's default is one. */
const LOCK_RETRY_MS = 25

/** Medusa's production set. Without Redis Medusa falls back to its in-process bus, engine and locks: one process only. */
const redisModules = environment.redisUrl
  ? [
      { resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl: environment.redisUrl, redisOptions } },
      {
        resolve: "@medusajs/medusa/workflow-engine-redis",
        options: { redis: { redisUrl: environment.redisUrl, redisOptions } },
      },
      {
        resolve: "@medusajs/medusa/locking",
        options: {
          providers: [
            {
              resolve: "@medusajs/medusa/locking-redis",
              id: "locking-redis",
              is_default: true,
              options: { redisUrl: environment.redisUrl, redisOptions, maximumRetryInterval: LOCK_RETRY_MS },
            },
          ],
        },
      },
    ]
  : []

module.exports = defineConfig({
  projectConfig: {
    databaseUrl: environment.databaseUrl ?? undefined,
    // A machine that is lost in the middle of a transaction would keep its rows locked for as long as Postgres's host believes in it.
    databaseDriverOptions: { idle_in_transaction_session_timeout: 60_000 },
    redisUrl: environment.redisUrl ?? undefined,
    redisOptions: sessionRedisOptions,
    workerMode: environment.workerMode,
    http: {
      storeCors: environment.storeCors,
      adminCors: environment.adminCors,
      authCors: environment.authCors,
      jwtSecret: environment.jwtSecret,
      cookieSecret: environment.cookieSecret,
    },
  },
  admin: {
    disable: !environment.admin,
  },
  modules: [
    ...redisModules,
    { resolve: "./src/modules/tcg" },
    { resolve: "./src/modules/connectors/shared" },
    { resolve: "./src/modules/connectors/shopee" },
    {
      key: Modules.FILE,
      resolve: "@medusajs/medusa/file",
      options: {
        providers: [
          {
            resolve: "@medusajs/medusa/file-local",
            id: "local",
            // Medusa's own default is localhost:9000: pictures and exports that nobody else could open.
            options: { backend_url: uploadsAddress(environment) },
          },
        ],
      },
    },
    {
      key: Modules.ORDER,
      resolve: "@medusajs/medusa/order",
      options: { generateCustomDisplayId: customDisplayIdOf },
    },
    {
      key: Modules.PAYMENT,
      resolve: "@medusajs/medusa/payment",
      options: { providers: [{ resolve: "./src/providers/shopee-payment", id: "shopee" }] },
    },
    {
      key: Modules.FULFILLMENT,
      resolve: "@medusajs/medusa/fulfillment",
      options: {
        providers: [
          // A list of our own replaces Medusa's: the shop's other orders need the manual provider.
          { resolve: "@medusajs/medusa/fulfillment-manual", id: "manual" },
          { resolve: "./src/providers/shopee-fulfillment", id: "shopee" },
        ],
      },
    },
  ],
})
