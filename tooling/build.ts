import { resolve } from "node:path"
import { buildPlatform } from "./build-platform"

const USAGE = "Usage: npm run build [-- --without-admin] [-- --if-changed]"

async function main(): Promise<void> {
  const options = process.argv.slice(2)
  const unknown = options.find((option) => option !== "--without-admin" && option !== "--if-changed")
  if (unknown) {
    throw new Error(`Unknown option ${unknown}. ${USAGE}`)
  }
  await buildPlatform({
    checkout: resolve(__dirname, ".."),
    admin: !options.includes("--without-admin"),
    force: !options.includes("--if-changed"),
  })
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
})
