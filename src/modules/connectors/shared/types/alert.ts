import { z } from "@medusajs/framework/zod"
import { AlertLevel, ConnectorName, ErrorClass } from "./enums"

/**
 * What is posted to the alert webhook (product §2, §6.7). Fields that aren't listed are not sent. `details` are the facts of
 * `EXCEPTION_FACTS`; `details.action` is what the operator should do.
 */
export const alertPayloadSchema = z.object({
  connector: z.enum(ConnectorName),
  error_class: z.enum(ErrorClass),
  level: z.enum(AlertLevel).optional(),
  message: z.string(),
  exception_id: z.string(),
  ordersn: z.string().nullish(),
  shop_id: z.coerce.string().nullish(),
  raw_event_id: z.string().nullish(),
  /** ISO 8601. */
  occurred_at: z.iso.datetime({ offset: true }),
  details: z.record(z.string(), z.unknown()).nullish(),
})

export type AlertPayload = z.infer<typeof alertPayloadSchema>
