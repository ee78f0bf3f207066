import { format, resolveConfig } from "prettier"
import { EnvironmentError, listEnvironmentVariables, readEnvironment } from "../src/config/environment"
import { ENVIRONMENT_SCHEMA } from "../src/config/environment-schema"

/** The file that `npm run docs` writes, seen from the checkout. */
export const CONFIGURATION_REFERENCE = "docs/configuration.md"

const INTRODUCTION = `# Configuration

Every environment variable that the platform reads. Written by \`npm run docs\` from \`src/config/environment-schema.ts\`; a test holds them equal, so don't
edit this page.

- Set them in the shell or in \`.env\`; \`.env.example\` (production) and \`.env.development.example\` have each of them. An empty value counts as not set.
- They are read once, at the start. A value that can't be used stops it with one line that names the variable and says what to put there; no line repeats a
  value.
- *Needed* says when a start in production stops without it. Elsewhere there is a default, and a warning where it isn't fit for production.
- *Secret* ones belong into \`.env\` (never committed) or the deployment's store of secrets.
`

/** The page, as it is committed. @param checkout absolute path, for prettier's settings */
export async function writeConfigurationReference(checkout: string): Promise<string> {
  const always = missingFrom({})
  const withShopee = missingFrom({ SHOPEE_PARTNER_ID: "1", SHOPEE_PARTNER_KEY: "key", SHOPEE_SHOP_ID: "1" })
  const needed = (name: string): string => {
    if (always.has(name)) {
      return "always"
    }
    return withShopee.has(name) ? "with Shopee" : ""
  }
  const rows = listEnvironmentVariables().map(({ name, description, secret }) => {
    const cells = [`\`${name}\``, description, defaultOf(name), needed(name), secret ? "secret" : ""]
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`
  })
  const table = ["| Variable | What it is for | Default | Needed | |", "| --- | --- | --- | --- | --- |", ...rows].join(
    "\n"
  )
  const settings = await resolveConfig(`${checkout}/${CONFIGURATION_REFERENCE}`)
  return await format(`${INTRODUCTION}\n${table}\n`, { ...settings, parser: "markdown" })
}

/** What an unset variable stands for, as one would write it. */
function defaultOf(name: keyof typeof ENVIRONMENT_SCHEMA.shape): string {
  const result = ENVIRONMENT_SCHEMA.shape[name].safeParse(undefined)
  return result.success && result.data !== undefined ? `\`${String(result.data)}\`` : ""
}

/** Which variables a start in production asks for. */
function missingFrom(settings: Record<string, string>): Set<string> {
  try {
    readEnvironment({ NODE_ENV: "production", ...settings })
    return new Set()
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return new Set(error.problems.map((problem) => problem.split(" ")[0] ?? ""))
    }
    throw error
  }
}
