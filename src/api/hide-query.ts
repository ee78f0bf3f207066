import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"

/** Keeps the query of a request out of the line that is logged about it: an authorisation's code and state belong to nobody else. */
export function hideQuery(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  req.originalUrl = req.originalUrl.replace(/\?.*$/s, "?…")
  next()
}
