import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { z } from "@medusajs/framework/zod"

const CHECKOUT = resolve(__dirname, "../..")

/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  keyword: string
  argument: string
}

/** What happens between one FROM and the next. */
export interface BuildStage {
  image: string
  /** null for the last stage, which is the image itself. */
  name: string | null
  instructions: Instruction[]
}

/** Reads the project's Dockerfile. @throws Error when it says something before its first FROM */
export function readDockerfile(): BuildStage[] {
  const lines = readFileSync(resolve(CHECKOUT, "Dockerfile"), "utf8")
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n\s*/g, "")
    .split("\n")
    .filter((line) => line.trim() !== "")
  const stages: BuildStage[] = []
  for (const line of lines) {
    const [, keyword = "", argument = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    const [, image = "", name = null] = keyword === "FROM" ? (/^(\S+)(?: AS (\S+))?$/.exec(argument) ?? []) : []
    if (keyword === "FROM") {
      stages.push({ image, name, instructions: [] })
    } else if (stages.length === 0) {
      throw new Error(`The Dockerfile begins with ${line}`)
    } else {
      stages.at(-1)?.instructions.push({ keyword, argument })
    }
  }
  return stages
}

/** The arguments of a stage's instructions of one kind, in order. */
export const argumentsOf = (stage: BuildStage | undefined, keyword: string): string[] =>
  (stage?.instructions ?? []).filter((instruction) => instruction.keyword === keyword).map(({ argument }) => argument)

/** A command in its exec form, also behind HEALTHCHECK's options. @throws Error when there is none */
export function execForm(argument: string | undefined): string[] {
  return z.array(z.string()).parse(JSON.parse(argument?.replace(/^.*?(?=\[")/, "") ?? "null"))
}
