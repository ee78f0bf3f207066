import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/** The file that `npm run docs` writes, seen from the checkout. */
export const DECISIONS_INDEX = "docs/decisions/README.md"

const INTRODUCTION = `# Decisions

Why things are as they are: context, decision, consequences, one page each. A decision that is revised gets a new page, and the old one says so. Written by
\`npm run docs\` from the pages' titles; a test holds them equal.
`

/** The list of all decisions, as it is committed. @throws Error when a page's title lacks its file's number, or a number is there twice */
export async function writeDecisionsIndex(checkout: string): Promise<string> {
  const folder = join(checkout, "docs", "decisions")
  const files = (await readdir(folder)).filter((file) => /^\d{4}-.*\.md$/.test(file)).sort()
  const twice = files.find((file, index) => files[index - 1]?.slice(0, 4) === file.slice(0, 4))
  if (twice !== undefined) {
    throw new Error(`Two decisions have the number of docs/decisions/${twice}: give one of them the next free number.`)
  }
  const lines = await Promise.all(
    files.map(async (file) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(await readFile(join(folder, file), "utf8")) ?? []
      if (title === undefined || Number(number) !== Number(file.slice(0, 4))) {
        throw new Error(`docs/decisions/${file} has to begin with "# ${Number(file.slice(0, 4))}. " and its title.`)
      }
      return `- [${number}. ${title}](${file})`
    })
  )
  return `${INTRODUCTION}\n${lines.join("\n")}\n`
}
