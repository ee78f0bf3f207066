import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { z } from "@medusajs/framework/zod"
import { parse } from "yaml"

const CHECKOUT = resolve(__dirname, "../..")

const serviceSchema = z.object({
  image: z.string(),
  build: z.string().optional(),
  init: z.boolean().optional(),
  restart: z.string().optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  healthcheck: z.union([z.object({ disable: z.literal(true) }), z.object({ test: z.array(z.string()) })]).optional(),
})

const composeSchema = z.object({
  services: z.record(z.string(), serviceSchema),
  volumes: z.record(z.string(), z.null()),
})

export type ComposeService = z.infer<typeof serviceSchema>

/** Reads a Compose file of the checkout, its anchors and merges resolved. @throws when it is no valid YAML, or no Compose file */
export function readComposeFile(name: string): z.infer<typeof composeSchema> {
  return composeSchema.parse(parse(readFileSync(resolve(CHECKOUT, name), "utf8"), { merge: true }))
}

/** Innermost first, so that a default may itself hold a variable. */
const VARIABLE = /\$\{([A-Z_]+)(?::([-?])([^${}]*))?\}/

/**
 * Puts the host's variables into a text of a Compose file, as Compose does: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`.
 *
 * @throws Error with the message when a variable that must be set isn't
 */
export function interpolate(text: string, host: Record<string, string>): string {
  const match = VARIABLE.exec(text)
  if (!match) {
    return text
  }
  const [placeholder, name = "", kind, rest = ""] = match
  if (!host[name] && kind === "?") {
    throw new Error(`${name}: ${rest}`)
  }
  return interpolate(
    text.replace(placeholder, () => host[name] || (kind === "-" ? rest : "")),
    host
  )
}

/** What a service's process finds in its environment. */
export function environmentOf(service: ComposeService | undefined, host: Record<string, string>): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(service?.environment ?? {}).map(([name, text]) => [name, interpolate(text, host)])
  )
}
