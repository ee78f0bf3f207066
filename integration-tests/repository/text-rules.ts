import ts from "typescript"
import type { SourceFile } from "./source-files"

/** Longer than this and a file is about more than one thing. */
export const MAX_LINES = 400

const isCode = (path: string) => /\.(ts|tsx|mjs|cjs|js)$/.test(path)

/** Answers a line when a code file is longer than {@link MAX_LINES}. */
export function findTooLong(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split("\n").length
  return isCode(file.path) && lines > MAX_LINES ? [`${file.path} has ${lines} lines; ${MAX_LINES} are allowed`] : []
}

/** Answers one line for each `any` and each cast through `unknown` or `never`: what switches the type checker off. */
export function findUntyped(file: SourceFile): string[] {
  if (!/\.tsx?$/.test(file.path)) {
    return []
  }
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  const report = (node: ts.Node, what: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    found.push(`${file.path}:${line} says ${what}`)
  }
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      report(node, "any")
    }
    if (ts.isAsExpression(node) && ts.isAsExpression(node.expression)) {
      const middle = node.expression.type.kind
      if (middle === ts.SyntaxKind.UnknownKeyword || middle === ts.SyntaxKind.NeverKeyword) {
        report(node, `as ${ts.tokenToString(middle)} as`)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  for (const directive of file.text.matchAll(/@ts-(ignore|nocheck|expect-error)\b/g)) {
    found.push(`${file.path} says ${directive[0]}`)
  }
  return found
}

/** Split, so that this file doesn't find itself. */
const UNFINISHED = new RegExp(`\\b(${["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"].join("|")})\\b`)

/** Answers one line for each mark of unfinished work. */
export function findUnfinished(file: SourceFile): string[] {
  return file.text
    .split("\n")
    .flatMap((line, index) =>
      UNFINISHED.test(line) ? [`${file.path}:${index + 1} is unfinished: ${line.trim()}`] : []
    )
}

/** Addresses and folders that only exist on somebody's machine; the address ranges of RFC 5737 exist nowhere. */
const PRIVATE_PLACES = [
  /\bhttps?:\/\/(?!127\.|0\.0\.0\.0|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)(\d{1,3}\.){3}\d{1,3}\b/,
  /\bhttps?:\/\/[\w.-]+\.(internal|local|lan|corp|intranet)\b/i,
  /(^|[\s"'`(=])\/(work|home\/\w+|Users\/\w+|root)\/[\w.-]/,
  /\bshared\/(spec|reference|fixtures|hooks)\//,
]

const COMES_FROM_A_REGISTRY = /"resolved":\s*"(?!https:\/\/registry\.npmjs\.org\/)/

/** Answers one line for each address or path that only works where it was written. */
export function findPrivatePlaces(file: SourceFile): string[] {
  return file.text.split("\n").flatMap((line, index) => {
    const found = [...PRIVATE_PLACES, COMES_FROM_A_REGISTRY].some((pattern) => pattern.test(line))
    return found ? [`${file.path}:${index + 1} names a private place: ${line.trim()}`] : []
  })
}
