import { z } from "@medusajs/framework/zod"
import { ConnectorName, ErrorClass, ExceptionStatus } from "../../../modules/connectors/shared/types/enums"
import { ORDERSN_PATTERN } from "../../../modules/connectors/shopee/types/push"

/** Screens show at most a few hundred rows; the limit keeps one call from reading a table. */
const LARGEST_PAGE = 200
const LONGEST_NOTE = 2_000
const MOST_WEEKS = 104
const MOST_HOURS = 7 * 24
/** A typing error of a few digits would reserve a whole stock for one order. */
const MOST_PIECES_PER_UNIT = 10_000

const number = (fallback: number, most: number) => z.coerce.number().int().min(0).max(most).default(fallback)

const page = { limit: number(50, LARGEST_PAGE), offset: number(0, 10_000_000) }

/** One value, or several as `x[]=a&x[]=b` or `x=a,b`. */
const several = <Value extends z.ZodType>(value: Value) =>
  z.preprocess((given) => (typeof given === "string" ? given.split(",") : given), z.array(value).min(1).max(50))

const shopId = z.string().regex(/^\d{1,20}$/, { error: "a shop id has digits only" })

/** The beginning of an order_sn, also as Medusa shows it (`SHP-…`). */
const search = z
  .string()
  .trim()
  .max(70)
  .transform((text) => text.replace(/^SHP-/i, "").toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9_-]*$/, { error: "search for the beginning of a Shopee order number" }))
  .transform((text) => (text === "" ? undefined : text))

export const ordersnSchema = z.string().regex(ORDERSN_PATTERN, { error: "this is no Shopee order number" })

export const exceptionListQuery = z.object({
  ...page,
  order: z
    .enum(["created_at", "-created_at", "last_seen_at", "-last_seen_at", "error_class", "-error_class"])
    .default("-created_at"),
  id: several(z.string().max(64)).optional(),
  status: several(z.enum(ExceptionStatus)).optional(),
  error_class: several(z.enum(ErrorClass)).optional(),
  connector: several(z.enum(ConnectorName)).optional(),
  ordersn: z.string().trim().max(70).optional(),
  shop_id: shopId.optional(),
})
export type ExceptionListQuery = z.output<typeof exceptionListQuery>

export const resolveExceptionBody = z.strictObject({
  status: z.enum(["resolved", "wont_fix"]),
  operator_note: z.string().trim().max(LONGEST_NOTE).optional(),
})
export type ResolveExceptionBody = z.output<typeof resolveExceptionBody>

export const retryExceptionsBody = z.strictObject({ error_class: z.enum(ErrorClass).optional() })
export type RetryExceptionsBody = z.output<typeof retryExceptionsBody>

export const orderListQuery = z.object({
  ...page,
  order: z.enum(["created_at", "-created_at", "shopee_update_time", "-shopee_update_time"]).default("-created_at"),
  q: search.optional(),
  progress: z.enum(["waiting", "retrying", "held", "done"]).optional(),
  shopee_status: several(z.string().regex(/^[A-Z_]{1,40}$/)).optional(),
  shop_id: shopId.optional(),
  medusa_order_id: z.string().max(64).optional(),
  created_from: z.coerce.date().optional(),
  created_to: z.coerce.date().optional(),
})
export type OrderListQuery = z.output<typeof orderListQuery>

export const syncOrderBody = z.strictObject({ shop_id: shopId.optional() })
export type SyncOrderBody = z.output<typeof syncOrderBody>

const listingId = z.string().regex(/^\d{1,20}$/, { error: "a Shopee item or model id has digits only" })

export const skuMappingBody = z.strictObject({
  shop_id: shopId,
  item_id: listingId,
  /** "0" for an item without variations. */
  model_id: listingId,
  variant_id: z.string().min(1).max(64),
  pieces_per_unit: z.number().int().min(1).max(MOST_PIECES_PER_UNIT).default(1),
})
export type SkuMappingBody = z.output<typeof skuMappingBody>

export const skuMappingListQuery = z.object({
  ...page,
  /** The beginning of a Shopee item id. */
  q: z
    .string()
    .trim()
    .regex(/^\d{1,20}$/, { error: "search for the beginning of a Shopee item id" })
    .optional(),
  shop_id: shopId.optional(),
})
export type SkuMappingListQuery = z.output<typeof skuMappingListQuery>

const escrowFilter = {
  q: search.optional(),
  state: z.enum(["provisional", "released", "late"]).optional(),
  differs: z.enum(["true", "false"]).optional(),
  shop_id: shopId.optional(),
  released_from: z.coerce.date().optional(),
  released_to: z.coerce.date().optional(),
}

export const escrowListQuery = z.object({
  ...page,
  order: z.enum(["created_at", "-created_at", "escrow_release_time", "-escrow_release_time"]).default("-created_at"),
  ...escrowFilter,
})
export type EscrowListQuery = z.output<typeof escrowListQuery>

export const escrowCsvQuery = z.object(escrowFilter)
export type EscrowCsvQuery = z.output<typeof escrowCsvQuery>

export const escrowWeeksQuery = z.object({ weeks: z.coerce.number().int().min(1).max(MOST_WEEKS).default(12) })
export type EscrowWeeksQuery = z.output<typeof escrowWeeksQuery>

export const activityQuery = z.object({ hours: z.coerce.number().int().min(1).max(MOST_HOURS).default(24) })
export type ActivityQuery = z.output<typeof activityQuery>
