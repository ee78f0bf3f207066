import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"

/** Where Medusa keeps uploads, seen from the folder it is started in. */
const UPLOADS = "static"

/**
 * Makes the uploads of a platform that runs from a checkout lie in the checkout: every build empties the folder that it is started in,
 * and product pictures with it. A platform whose built folder is all there is (an image, with a volume for them) keeps them where it is.
 *
 * @param root the checkout, or the built folder itself
 * @param server the folder that Medusa is started in
 */
export async function keepUploads(root: string, server: string): Promise<void> {
  if (root === server) {
    return
  }
  const kept = join(root, UPLOADS)
  await mkdir(kept, { recursive: true })
  try {
    await symlink(kept, join(server, UPLOADS), "junction")
  } catch (error) {
    // Made by the last start, or by the other process of this machine just now.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw error
    }
  }
}
