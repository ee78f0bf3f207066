import ts from "typescript"
import type { SourceFile } from "./source-files"

const STATEMENT =
  /^\s*(SELECT\s[\s\S]+\sFROM\s|INSERT\s+INTO\s|UPDATE\s+\S+\s+(\w+\s+)?SET\s|DELETE\s+FROM\s|WITH\s+(RECURSIVE\s+)?\w+\s+(\([^)]*\)\s+)?AS\s|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|UNIQUE|TRIGGER|FUNCTION|OR\s+REPLACE)\b|TRUNCATE\s)/i

const SQL_ROOMS = [/^src\/modules\/[^/]+\/(sql|migrations)\//, /^src\/modules\/connectors\/[^/]+\/(sql|migrations)\//]

/** Answers one line for each hand-written statement in `src` outside a `sql/` room or a migration. */
export function findStraySql(file: SourceFile): string[] {
  const exempt = !file.path.startsWith("src/") || file.path.includes("__tests__/")
  if (exempt || SQL_ROOMS.some((room) => room.test(file.path))) {
    return []
  }
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.getText().slice(1) : ""
    if (STATEMENT.test(text)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
      found.push(`${file.path}:${line} holds SQL: it belongs in the module's sql/ room`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}
