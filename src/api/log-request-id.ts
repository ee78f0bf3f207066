import type { MedusaNextFunction, MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withLogFields } from "../modules/connectors/shared/log-fields"

/** Lets every line that is logged in the course of a request carry its id, as the line about the request itself does. */
export function logRequestId(req: MedusaRequest, _res: MedusaResponse, next: MedusaNextFunction): void {
  withLogFields(req.requestId === undefined ? {} : { request_id: req.requestId }, () => next())
}
