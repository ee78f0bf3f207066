import { posix } from "node:path"
import ts from "typescript"
import type { SourceFile } from "./source-files"

/** One import of a file. */
export interface ModuleImport {
  readonly from: string
  /** A path inside the checkout without its extension when the import is relative, else the package's specifier. */
  readonly to: string
  readonly relative: boolean
  /** Erased by the compiler: nothing is loaded. */
  readonly typeOnly: boolean
  readonly line: number
}

/** Every `import`, `export … from`, `import()`, `import("…").Type`, `require()` and `require.resolve()` of a file. */
export function readImports(file: SourceFile): ModuleImport[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ES2022, true)
  const imports: ModuleImport[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean) => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      const relative = specifier.text.startsWith(".")
      const to = relative ? resolveInCheckout(file.path, specifier.text) : specifier.text
      const line = source.getLineAndCharacterOfPosition(specifier.getStart(source)).line + 1
      imports.push({ from: file.path, to, relative, typeOnly, line })
    }
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, isTypeOnlyClause(node.importClause))
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly)
    } else if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      add(node.moduleReference.expression, node.isTypeOnly)
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true)
    } else if (ts.isCallExpression(node) && isLoader(node.expression)) {
      add(node.arguments[0], false)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

function isTypeOnlyClause(clause: ts.ImportClause | undefined): boolean {
  if (!clause) {
    return false
  }
  const named = clause.namedBindings
  const onlyTypes = !clause.name && named && ts.isNamedImports(named) && named.elements.every((name) => name.isTypeOnly)
  return clause.isTypeOnly || onlyTypes === true
}

function isLoader(callee: ts.Expression): boolean {
  const text = callee.getText()
  return callee.kind === ts.SyntaxKind.ImportKeyword || text === "require" || text === "require.resolve"
}

function resolveInCheckout(from: string, specifier: string): string {
  return posix.join(posix.dirname(from), specifier).replace(/\.(js|jsx|ts|tsx|mjs)$/, "")
}
