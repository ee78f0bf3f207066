import { z } from "@medusajs/framework/zod"
import type { AccessToken } from "../sdk"
import { ShopeeCallError } from "./shopee-errors"

const ids = z.array(z.number()).nullish().catch(null)

/** What the two token calls answer: at the top level, without a `response` (Shopee reference §5.2). */
const ISSUED_TOKEN = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expire_in: z.coerce.number().positive(),
  expired_at: z.number().positive().optional(),
  request_id: z.string().catch(""),
  merchant_id_list: ids,
  shop_id_list: ids,
  supplier_id_list: ids,
})

/**
 * The pair in the answer of a token call.
 *
 * @throws ShopeeCallError (transient) when the answer has no pair. Its text holds nothing of the answer.
 */
export function parseIssuedToken(answer: unknown, endpoint: string, shopId: string): AccessToken {
  const parsed = ISSUED_TOKEN.safeParse(answer)
  if (!parsed.success) {
    throw new ShopeeCallError({
      kind: "transient",
      endpoint,
      code: "(malformed)",
      reason: "the answer is not a pair of tokens with a life time",
    })
  }
  const { merchant_id_list, shop_id_list, supplier_id_list, expired_at, ...token } = parsed.data
  return {
    ...token,
    error: "",
    message: "",
    shop_id: Number(shopId),
    ...(expired_at && { expired_at }),
    ...(merchant_id_list && { merchant_id_list }),
    ...(shop_id_list && { shop_id_list }),
    ...(supplier_id_list && { supplier_id_list }),
  }
}
