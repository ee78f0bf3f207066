import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A file of the repository: its path with forward slashes, seen from the checkout, and its text. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

const NOT_OURS = new Set(["node_modules", ".git", ".medusa", ".data", "coverage"])
const TEXT_FILE = /\.(ts|tsx|mjs|cjs|js|json|md|yml|yaml|sql|sh|html|css|example)$|\/(run|Dockerfile|\.npmrc|\.nvmrc)$/

/** Every text file that the project keeps. */
export function readSourceFiles(checkout: string): SourceFile[] {
  return listPaths(checkout, "")
    .filter((path) => TEXT_FILE.test(`/${path}`))
    .map((path) => ({ path, text: readFileSync(join(checkout, path), "utf8") }))
}

function listPaths(checkout: string, folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name
    if (entry.isDirectory()) {
      return NOT_OURS.has(entry.name) ? [] : listPaths(checkout, path)
    }
    return entry.isFile() ? [path] : []
  })
}

export function isTypeScript(file: SourceFile): boolean {
  return /\.tsx?$/.test(file.path)
}
