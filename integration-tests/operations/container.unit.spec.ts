import { existsSync, readFileSync } from "node:fs"
import { resolve } from "node:path"
import { listEnvironmentVariables, readEnvironment } from "../../src/config/environment"
import { environmentOf, interpolate, readComposeFile } from "./compose-file"
import { argumentsOf, execForm, readDockerfile } from "./dockerfile"

const CHECKOUT = resolve(__dirname, "../..")
const read = (file: string) => readFileSync(resolve(CHECKOUT, file), "utf8")

/** What an operator has to fill in at least. */
const FILLED_IN = { POSTGRES_PASSWORD: "f00d", JWT_SECRET: "jwt", COOKIE_SECRET: "cookie" }

describe("docker-compose.yml", () => {
  const { services, volumes } = readComposeFile("docker-compose.yml")
  const ours = ["migrate", "medusa", "worker"]

  it("has one server, one worker, a migration that ends, Postgres 16 and Redis 7", () => {
    expect(Object.keys(services).sort()).toEqual(["medusa", "migrate", "postgres", "redis", "worker"])
    expect(services.postgres?.image).toMatch(/^postgres:16\b/)
    expect(services.postgres?.environment).toMatchObject({ POSTGRES_DB: "medusa", POSTGRES_USER: "medusa" })
    expect(services.redis?.image).toMatch(/^redis:7\b/)
    expect(services.redis?.command?.join(" ")).toContain("--appendonly yes --maxmemory-policy noeviction")
    expect(ours.map((name) => services[name]?.image)).toEqual(Array(3).fill("tcg-platform"))
    expect(services.migrate?.restart).toBe("no")
  })

  it.each(ours)(
    "hands every variable that the platform reads to %s, from the host or with the platform's own default",
    (name) => {
      const environment = environmentOf(services[name], FILLED_IN)
      const known: string[] = listEnvironmentVariables().map((variable) => variable.name)
      const decidedHere = name === "migrate" ? ["MEDUSA_WORKER_MODE", "DISABLE_MEDUSA_ADMIN"] : []
      expect([...Object.keys(environment), ...decidedHere].sort()).toEqual(known.sort())

      const fromCompose = readEnvironment(environment)
      const fromNothing = readEnvironment({
        ...FILLED_IN,
        NODE_ENV: "production",
        DATABASE_URL: "postgres://medusa:f00d@postgres:5432/medusa",
        REDIS_URL: "redis://redis:6379",
        // A container's loopback is out of everybody's reach: `ports` says who may come in.
        METRICS_HOST: "0.0.0.0",
      })
      const { workerMode, admin } = fromCompose
      expect({ ...fromCompose, workerMode: "shared", admin: true }).toEqual(fromNothing)
      expect([workerMode, admin]).toEqual(
        { migrate: ["shared", true], medusa: ["server", true], worker: ["worker", false] }[name]
      )
    }
  )

  it.each(ours)("takes what the host sets for %s", (name) => {
    const fixed = new Set(["NODE_ENV", "MEDUSA_WORKER_MODE", "DISABLE_MEDUSA_ADMIN"])
    for (const variable of listEnvironmentVariables().map(({ name: known }) => known)) {
      if (!fixed.has(variable)) {
        expect(environmentOf(services[name], { ...FILLED_IN, [variable]: "host-value" })[variable]).toBe("host-value")
      }
    }
  })

  it("starts the server and the workers only after the migration has ended well, and Postgres and Redis are healthy", () => {
    for (const name of ["medusa", "worker"]) {
      expect(services[name]?.depends_on).toEqual({
        migrate: { condition: "service_completed_successfully" },
        postgres: { condition: "service_healthy" },
        redis: { condition: "service_healthy" },
      })
    }
    expect(services.migrate?.command).toEqual(["node", "tooling/run.mjs", "with-database", "--migrate"])
    expect(services.postgres?.healthcheck).toHaveProperty("test")
    expect(services.redis?.healthcheck).toHaveProperty("test")
  })

  it("keeps what has to outlive a container in volumes", () => {
    const used = Object.values(services).flatMap((service) =>
      (service.volumes ?? []).map((volume) => volume.split(":")[0])
    )
    expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort())
    expect(services.postgres?.volumes).toEqual(["postgres-data:/var/lib/postgresql/data"])
    expect(services.redis?.volumes).toEqual(["redis-data:/data"])
  })

  it("doesn't start without a password for the database, and says what to put there", () => {
    const password = services.postgres?.environment?.POSTGRES_PASSWORD ?? ""
    expect(() => interpolate(password, {})).toThrow("put a password for the database into .env")
  })

  it("holds no secret", () => {
    const secrets = new Set<string>(
      listEnvironmentVariables()
        .filter(({ secret }) => secret)
        .map(({ name }) => name)
    )
    const written = Object.values(services)
      .flatMap((service) => Object.entries(service.environment ?? {}))
      .filter(([name]) => secrets.has(name) || name === "POSTGRES_PASSWORD")
      .map(([name, text]) => [name, text.replace(/\$\{[A-Z_]+(:\?[^}]*)?\}/g, "$")])
    expect(written.filter(([, text]) => text !== "$" && !/^\$\{[A-Z_]+:-(\S+:\/\/\S*)?\}$/.test(text ?? ""))).toEqual(
      []
    )
  })
})

describe("docker-compose.dev.yml", () => {
  const { services, volumes } = readComposeFile("docker-compose.dev.yml")

  it("has Postgres 16 and Redis 7 of the same images as production, on this machine's ports only", () => {
    const production = readComposeFile("docker-compose.yml").services
    expect(Object.keys(services).sort()).toEqual(["postgres", "redis"])
    expect(services.postgres?.image).toBe(production.postgres?.image)
    expect(services.redis?.image).toBe(production.redis?.image)
    expect(services.postgres?.ports).toEqual(["127.0.0.1:5432:5432"])
    expect(services.redis?.ports).toEqual(["127.0.0.1:6379:6379"])
    expect(Object.keys(volumes).sort()).toEqual(["postgres-data", "redis-data"])
  })
})

describe("the Dockerfile", () => {
  const stages = readDockerfile()
  const [build, install, image] = stages

  it("builds, installs and packs in three stages on the Node that .nvmrc names", () => {
    expect(stages.map(({ name }) => name)).toEqual(["build", "install", null])
    expect(new Set(stages.map((stage) => stage.image))).toEqual(
      new Set([`node:${read(".nvmrc").trim()}-bookworm-slim`])
    )
  })

  it("copies what exists and what .dockerignore lets through, and runs scripts that package.json has", () => {
    const sources = argumentsOf(build, "COPY").flatMap((argument) => argument.split(" ").slice(0, -1))
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1))
    expect(sources.map((source) => source.replace("./", "")).sort()).toEqual(allowed.sort())
    expect(sources.filter((source) => !existsSync(resolve(CHECKOUT, source)))).toEqual([])
    expect(read(".dockerignore").split("\n")).toContain("*")

    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> }
    expect(argumentsOf(build, "RUN")).toEqual(["npm ci", "npm run build"])
    expect(Object.keys(scripts)).toContain("build")
    expect(argumentsOf(install, "COPY")).toEqual(["--from=build /build/.medusa/server ./"])
    expect(argumentsOf(install, "RUN")[0]).toMatch(/^npm ci --omit=dev\b/)
  })

  it("starts what `npm start` starts, as somebody else than root, with a health check on the port that is set", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> }
    expect(execForm(argumentsOf(image, "CMD")[0]).join(" ")).toBe(scripts.start)
    expect(argumentsOf(image, "USER")).toEqual(["node"])
    expect(argumentsOf(image, "ENV").join(" ")).toContain("NODE_ENV=production")
    expect(execForm(argumentsOf(image, "HEALTHCHECK")[0]).slice(0, 2)).toEqual(["node", "-e"])
    const after = image?.instructions.findIndex(({ keyword }) => keyword === "USER") ?? 0
    expect(image?.instructions.slice(after).some(({ keyword }) => ["RUN", "COPY"].includes(keyword))).toBe(false)
  })
})
