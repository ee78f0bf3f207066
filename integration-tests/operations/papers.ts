import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

export const CHECKOUT = resolve(__dirname, "../..")

/** A Markdown page: its path with forward slashes, seen from the checkout, and its text. */
export interface Paper {
  path: string
  text: string
}

const FOLDERS = ["docs", "homelab", "sandbox", "src/modules/connectors"]

/** Every page that somebody is meant to read. */
export function readPapers(): Paper[] {
  const inFolders = FOLDERS.flatMap((folder) =>
    readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".md"))
      .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
  )
  return ["README.md", ...inFolders].map((path) => ({ path, text: readFileSync(join(CHECKOUT, path), "utf8") }))
}

/** The links of a page that lead to no file, as `page → target`. Addresses and anchors within a page are not followed. */
export function findDeadLinks({ path, text }: Paper): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, "")
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => decodeURI(target.replace(/#.*$/, "")))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .filter((target) => !existsSync(join(CHECKOUT, dirname(path), target)))
    .map((target) => `${path} → ${target}`)
}

/** Which npm scripts a page tells its reader to run. */
export const npmScriptsIn = ({ text }: Paper): string[] =>
  [...text.matchAll(/\bnpm run (?:-s |--silent )?([a-z][\w:-]*)/g)].map(([, script]) => script ?? "")

/** The blocks of SQL of a page, statement by statement. */
export const statementsIn = ({ text }: Paper): string[] =>
  [...text.matchAll(/```sql\n([\s\S]*?)```/g)]
    .flatMap(([, block = ""]) => block.replace(/^\s*--.*$/gm, "").split(/;\s*$/m))
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "")
