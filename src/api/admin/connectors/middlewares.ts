import { type MiddlewareRoute, validateAndTransformBody, validateAndTransformQuery } from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import {
  activityQuery,
  escrowCsvQuery,
  escrowListQuery,
  escrowWeeksQuery,
  exceptionListQuery,
  orderListQuery,
  resolveExceptionBody,
  retryExceptionsBody,
  skuMappingBody,
  skuMappingListQuery,
  syncOrderBody,
} from "./validators"

const ROOM = "/admin/connectors"

const withQuery = (path: string, schema: z.ZodType): MiddlewareRoute => ({
  matcher: `${ROOM}${path}`,
  methods: ["GET"],
  middlewares: [validateAndTransformQuery(schema, { isList: true })],
})

const withBody = (path: string, schema: z.ZodType): MiddlewareRoute => ({
  matcher: `${ROOM}${path}`,
  methods: ["POST"],
  middlewares: [validateAndTransformBody(schema)],
})

/** Checks of what comes in. The login is Medusa's own business: it stands before everything under `/admin`. */
export const connectorMiddlewares: MiddlewareRoute[] = [
  withQuery("/exceptions", exceptionListQuery),
  withBody("/exceptions/retry", retryExceptionsBody),
  withBody("/exceptions/:id/resolve", resolveExceptionBody),
  withQuery("/shopee/activity", activityQuery),
  withQuery("/shopee/orders", orderListQuery),
  withBody("/shopee/orders/:ordersn/sync", syncOrderBody),
  withBody("/shopee/sku-mappings", skuMappingBody),
  withQuery("/shopee/sku-mappings", skuMappingListQuery),
  withQuery("/shopee/escrows", escrowListQuery),
  withQuery("/shopee/escrows.csv", escrowCsvQuery),
  withQuery("/shopee/escrows/weeks", escrowWeeksQuery),
]
