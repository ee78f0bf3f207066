import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

/** The e-mail addresses of users, by their ids: what a colleague can read. An API key, or a user who is gone, is missing. */
export async function namePeople(container: MedusaContainer, ids: string[]): Promise<Map<string, string>> {
  const asked = [...new Set(ids)]
  const users =
    asked.length === 0
      ? []
      : await container.resolve(Modules.USER).listUsers({ id: asked }, { select: ["id", "email"], take: asked.length })
  return new Map(users.map(({ id, email }) => [id, email]))
}
