/**
 * Every suite of the project, one Jest project a kind:
 *
 *   unit     pure code, no database, no network
 *   module   one Medusa module against a real Postgres (moduleIntegrationTestRunner)
 *   tooling  what starts and builds things, with real processes
 *   sandbox  the sandbox over HTTP, driven by the real Shopee SDK
 *   http     the whole application in process (medusaIntegrationTestRunner)
 *   e2e      the built platform and the sandbox as separate processes
 *   browser  the same with the Admin in a real Chromium
 *   faults   the same while something breaks; `npm run faults` writes docs/faults.md
 *
 * `npm test -- --selectProjects unit` runs one kind.
 */
const transform = {
  "^.+\\.[jt]sx?$": [
    "@swc/jest",
    {
      jsc: {
        parser: { syntax: "typescript", decorators: true, tsx: true },
        transform: { decoratorMetadata: true, react: { runtime: "automatic" } },
        target: "es2022",
      },
      // The Shopee SDK is ESM only: `import()` must survive the transform to CommonJS.
      module: { type: "commonjs", ignoreDynamic: true },
    },
  ],
}

const project = (displayName, testMatch, extra = {}) => ({
  displayName,
  testEnvironment: "node",
  transform,
  testMatch,
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.data/"],
  setupFilesAfterEnv: ["<rootDir>/integration-tests/setup/timeouts.ts"],
  ...extra,
})

const withDatabase = {
  globalSetup: "<rootDir>/integration-tests/setup/start-database.ts",
  globalTeardown: "<rootDir>/integration-tests/setup/stop-database.ts",
  setupFiles: ["<rootDir>/integration-tests/setup/environment.ts"],
}

/** @type {import("jest").Config} */
module.exports = {
  maxWorkers: 2,
  // Whole applications come and go in a worker, and not all of their memory with them: with 4 GB of it the collector took most of the time.
  workerIdleMemoryLimit: "1500MB",
  projects: [
    project("unit", [
      "<rootDir>/{src,tooling,demo,bench}/**/__tests__/**/*.unit.spec.ts",
      "<rootDir>/integration-tests/repository/*.spec.ts",
      "<rootDir>/integration-tests/operations/*.unit.spec.ts",
    ]),
    project("tooling", ["<rootDir>/tooling/**/__tests__/**/*.tooling.spec.ts"]),
    project("sandbox", ["<rootDir>/sandbox/**/__tests__/**/*.spec.ts"]),
    project("module", ["<rootDir>/src/**/__tests__/**/*.module.spec.ts"], withDatabase),
    project("http", ["<rootDir>/integration-tests/http/**/*.spec.ts"], withDatabase),
    project("faults", ["<rootDir>/integration-tests/faults/**/*.spec.ts"], {
      ...withDatabase,
      globalSetup: "<rootDir>/integration-tests/setup/build-platform.ts",
    }),
    project("e2e", ["<rootDir>/integration-tests/e2e/**/*.spec.ts"], {
      ...withDatabase,
      globalSetup: "<rootDir>/integration-tests/setup/build-platform.ts",
    }),
    project("browser", ["<rootDir>/integration-tests/browser/**/*.browser.spec.ts"], {
      ...withDatabase,
      globalSetup: "<rootDir>/integration-tests/setup/build-platform-with-admin.ts",
    }),
  ],
}
