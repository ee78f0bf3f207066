/** The module's statements have MikroORM's `?` placeholders; the plain driver wants `$1`, `$2`, … */
export function numbered(sql: string): string {
  let index = 0
  return sql.replaceAll("?", () => `$${(index += 1)}`)
}
