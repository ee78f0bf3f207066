import type { ModuleImport } from "./module-imports"

/**
 * Who may import whom. Imports run downward only:
 * api, jobs, subscribers, scripts → workflows → modules, and inside the Shopee module service → desk → recovery, escrow → inbox, client, auth,
 * planner, normalizers, webhook, mappers → types.
 */

const SHOPEE = "src/modules/connectors/shopee"
const SDK_PACKAGE = "@congminh1254/shopee-sdk"

/** The rooms of the application, and what each may import besides itself. */
const APPLICATION_ROOMS: Record<string, readonly string[]> = {
  "src/api": ["src/workflows", "src/modules", "src/config"],
  "src/jobs": ["src/workflows", "src/modules", "src/config"],
  "src/subscribers": ["src/workflows", "src/modules", "src/config"],
  "src/scripts": ["src/workflows", "src/modules", "src/config"],
  "src/loaders": ["src/workflows", "src/modules", "src/config"],
  "src/operations": ["src/modules", "src/config"],
  "src/links": ["src/modules"],
  "src/workflows": ["src/providers", "src/modules", "src/config"],
  "src/providers": ["src/modules", "src/config"],
  "src/modules": ["src/config"],
  "src/tracing": ["src/modules", "src/config"],
  "src/config": [],
  "src/admin": [],
}

/** The modules, and which neighbours each may know. */
const MODULES: Record<string, readonly string[]> = {
  // A listing's channel is a connector's name: one enum for both.
  "src/modules/tcg": ["src/modules/connectors/shared/types"],
  "src/modules/connectors/shared": [],
  [SHOPEE]: ["src/modules/connectors/shared", "src/modules/tcg"],
}

/** The rooms of the Shopee module, and what each may import besides itself. `service.ts` and `index.ts` may use all. */
const SHOPEE_ROOMS: Record<string, readonly string[]> = {
  types: [],
  models: ["types"],
  migrations: [],
  config: ["types"],
  sql: ["types"],
  metrics: ["types"],
  webhook: ["types"],
  normalizers: ["types"],
  mappers: ["types", "planner"],
  planner: ["types", "normalizers"],
  auth: ["types", "config", "sql"],
  // getShopeeSdk hands out a complete instance: with our agent and our refresh.
  sdk: ["types", "config", "auth", "client"],
  client: ["types", "config", "auth", "sdk", "webhook"],
  inbox: ["types", "config", "sql", "webhook", "client", "auth", "normalizers", "planner", "mappers"],
  // Leases and a shop's trouble are the inbox's: both queues wait for the same shop.
  escrow: ["types", "sql", "webhook", "client", "normalizers", "inbox"],
  // Reconciliation, lost pushes and backfill put what they find into the inbox.
  recovery: ["types", "sql", "webhook", "client", "normalizers", "inbox"],
  // What is looked at every few minutes, and what is found wrong becomes an exception.
  watch: ["types", "config", "auth", "client", "inbox"],
  // The list of all that runs by schedule.
  jobs: ["escrow", "recovery", "watch"],
  // What the operator reads, and the shop's connection: above everything, since it tells of everything.
  desk: [
    "types",
    "config",
    "sql",
    "auth",
    "client",
    "normalizers",
    "webhook",
    "inbox",
    "escrow",
    "recovery",
    "watch",
    "jobs",
    "sdk",
  ],
}

/** Rooms without I/O, and all that they may load from packages. */
const PURE_ROOMS = ["planner", "normalizers"]
const PURE_PACKAGES = ["@medusajs/framework/utils", "@medusajs/framework/zod", "lossless-json"]

/** What the platform must not know of, and what must not know of the platform. */
const OUTSIDE = ["sandbox", "demo", "bench", "tooling", "integration-tests"]

const inside = (path: string, room: string) => path === room || path.startsWith(`${room}/`)

const roomOf = (path: string, rooms: Record<string, unknown>) => Object.keys(rooms).find((room) => inside(path, room))

const shopeeRoomOf = (path: string) => {
  if (!inside(path, SHOPEE)) {
    return undefined
  }
  const first = path.slice(SHOPEE.length + 1).split("/")[0] ?? ""
  return first.replace(/\.ts$/, "")
}

/** Answers one line for each import that breaks a rule; tests beside the code may import what they like of `src`. */
export function findRoomViolations(imports: readonly ModuleImport[]): string[] {
  return imports.flatMap((found) => {
    const reason = explainViolation(found)
    return reason ? [`${found.from}:${found.line} imports ${found.to}: ${reason}`] : []
  })
}

function explainViolation(found: ModuleImport): string | null {
  const { from, to } = found
  const isTest = from.includes("__tests__/")
  if (inside(from, "sandbox") && found.relative && !inside(to, "sandbox")) {
    return "the sandbox knows nothing of the project"
  }
  if (!inside(from, "src")) {
    return null
  }
  if (!isTest && found.relative && OUTSIDE.some((room) => inside(to, room))) {
    return "nothing in src knows what is outside of it"
  }
  if (!isTest && (to === SDK_PACKAGE || to.startsWith(`${SDK_PACKAGE}/`)) && from !== `${SHOPEE}/sdk.ts`) {
    return "only sdk.ts imports the SDK"
  }
  return isTest ? null : (explainWrongLayer(found) ?? explainWrongModule(found) ?? explainWrongShopeeRoom(found))
}

function explainWrongLayer({ from, to, relative, typeOnly }: ModuleImport): string | null {
  const own = roomOf(from, APPLICATION_ROOMS)
  const other = roomOf(to, APPLICATION_ROOMS)
  if (!relative || !own || own === other || !inside(to, "src")) {
    return null
  }
  if (own === "src/admin" && typeOnly && inside(to, "src/modules")) {
    return null
  }
  return other && APPLICATION_ROOMS[own]?.includes(other) ? null : `${own} may not know ${other ?? "that folder"}`
}

function explainWrongModule({ from, to, relative }: ModuleImport): string | null {
  const own = roomOf(from, MODULES)
  const other = roomOf(to, MODULES)
  if (!relative || !own || !other || own === other || MODULES[own]?.some((known) => inside(to, known))) {
    return null
  }
  return `${own} may not know ${other}`
}

function explainWrongShopeeRoom({ from, to, relative, typeOnly }: ModuleImport): string | null {
  const own = shopeeRoomOf(from)
  if (!own || own === "service" || own === "index") {
    return null
  }
  if (PURE_ROOMS.includes(own) && !relative && !typeOnly && !PURE_PACKAGES.includes(to)) {
    return `${own} does no I/O and may load ${PURE_PACKAGES.join(", ")} only`
  }
  const allowed = SHOPEE_ROOMS[own]
  if (!allowed) {
    return `${own} is no room of the Shopee module`
  }
  const other = relative ? shopeeRoomOf(to) : undefined
  // Erased types: the SDK's are known through sdk.ts alone, and the service is what an entry point is handed.
  const isFaceType = typeOnly && (other === "sdk" || other === "service")
  return !other || other === own || allowed.includes(other) || isFaceType ? null : `${own} may not know ${other}`
}

/**
 * Answers each ring of files that load one another, once. Types are erased and make no ring; related models name each
 * other inside of functions, as Medusa's data model language asks for.
 */
export function findImportCycles(imports: readonly ModuleImport[]): string[] {
  const edges = new Map<string, string[]>()
  const files = new Set(imports.map(({ from }) => from))
  for (const { from, to, relative, typeOnly } of imports) {
    const target = [`${to}.ts`, `${to}.tsx`, `${to}/index.ts`].find((path) => files.has(path))
    if (relative && !typeOnly && target && !from.includes("/models/")) {
      edges.set(from, [...(edges.get(from) ?? []), target])
    }
  }
  const cycles: string[] = []
  const finished = new Set<string>()
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      cycles.push([...trail.slice(start), file].join(" → "))
    } else if (!finished.has(file)) {
      edges.get(file)?.forEach((next) => visit(next, [...trail, file]))
      finished.add(file)
    }
  }
  ;[...edges.keys()].forEach((file) => visit(file, []))
  return cycles
}
