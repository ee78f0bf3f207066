import type { Environment } from "./environment"

/** The path that Medusa serves uploads under. */
const UPLOADS_PATH = "/static"

/**
 * Where a browser finds a file that was uploaded in the Admin, or exported there: on the host that operators reach the Admin at, or on
 * this machine while `ADMIN_URL` is not set. Medusa stores this address with the product. Pure.
 */
export const uploadsAddress = ({ adminUrl, port }: Pick<Environment, "adminUrl" | "port">): string =>
  new URL(UPLOADS_PATH, adminUrl ?? `http://localhost:${port}`).href
