import { z } from "@medusajs/framework/zod"

/** Shopee prints null for an empty list now and then; a list that is absent is no answer. */
function listOf<Entry extends z.ZodType>(entry: Entry) {
  return z
    .array(entry)
    .nullable()
    .transform((entries) => entries ?? [])
}

function envelope<Response extends z.ZodType>(response: Response) {
  return z.object({ response, warning: z.unknown() })
}

const orderSn = z.string().min(1)
const seconds = z.number().positive().nullish().catch(null)

// Each schema names what the connector relies on; unknown fields pass. A missing paging field doesn't: a truncated list must
// never look like a complete one.

/** Entries are read one by one with ORDER_ENTRY, so that a broken order doesn't cost the other 49. */
export const ORDER_DETAILS_ANSWER = envelope(z.object({ order_list: listOf(z.unknown()) }))

/** An order, or the escrow of one: the rest is the normalisers' business. */
export const ORDER_ENTRY = z.looseObject({ order_sn: orderSn })

export const ORDER_LIST_ANSWER = envelope(
  z
    .object({
      order_list: listOf(z.object({ order_sn: orderSn, order_status: z.string().nullish() })),
      more: z.boolean(),
      next_cursor: z.string().nullish(),
    })
    .refine((page) => !page.more || Boolean(page.next_cursor), { error: "more pages, but no cursor to the next one" })
)

export const ESCROW_DETAIL_ANSWER = envelope(ORDER_ENTRY)

/** `get_escrow_detail_batch` answers with an array, whatever the SDK's type says (Shopee reference §7). */
export const ESCROW_DETAILS_ANSWER = envelope(listOf(z.unknown()))

export const ESCROW_BATCH_ENTRY = z.object({ escrow_detail: ORDER_ENTRY })

export const ESCROW_LIST_ANSWER = envelope(
  z.object({
    escrow_list: listOf(
      z.object({ order_sn: orderSn, payout_amount: z.number().nullish().catch(null), escrow_release_time: seconds })
    ),
    more: z.boolean(),
  })
)

/** A return: the rest is the normaliser's business. */
export const RETURN_DETAIL_ANSWER = envelope(z.looseObject({ return_sn: orderSn, order_sn: orderSn }))

export const RETURN_LIST_ANSWER = envelope(
  z.object({
    return: listOf(z.object({ return_sn: orderSn, order_sn: orderSn, update_time: seconds })),
    more: z.boolean(),
  })
)

/** One lost push, as far as it can be told; entries are read one by one, so that a broken one doesn't cost the other 99. */
export const LOST_PUSH_ENTRY = z.looseObject({
  shop_id: z.union([z.number(), z.string()]).nullish().catch(null),
  code: z.number().nullish().catch(null),
  timestamp: seconds,
})

/** Pushes without `last_message_id` can be stored, though not confirmed. */
export const LOST_PUSHES_ANSWER = envelope(
  z.object({
    push_message_list: listOf(z.unknown()),
    has_next_page: z.boolean(),
    last_message_id: z.number().nullish().catch(null),
  })
)

/** Shopee doesn't promise these lists: one that is absent or odd says nothing. */
const pushCodes = z.array(z.number()).nullish().catch(null)

export const PUSH_CONFIG_ANSWER = envelope(
  z.looseObject({
    callback_url: z.string().nullish(),
    live_push_status: z.string().nullish(),
    push_config_on_list: pushCodes,
    push_config_off_list: pushCodes,
    blocked_shop_id: z
      .array(z.union([z.number(), z.string()]))
      .nullish()
      .catch(null),
    suspended_time: seconds,
  })
)

/** At the top level, without a `response` (Shopee reference §5.2). */
export const SHOP_INFO_ANSWER = z.object({ expire_time: seconds, warning: z.unknown() })

/** The confirmation has no `response`. */
export const CONFIRMATION_ANSWER = z.object({ warning: z.unknown() })
