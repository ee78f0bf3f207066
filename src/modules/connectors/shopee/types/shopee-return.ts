import { z } from "@medusajs/framework/zod"
import { ORDERSN_PATTERN } from "./push"
import { amount, flag, listOf, present, quantity, shopeeId, text, time, trimKeys } from "./tolerant-fields"

/**
 * Shopee's `get_return_detail`. Only what a return can't be followed without is required; every other field reads as null when absent, and
 * unknown fields are kept. Source: Open Platform v2 returns API and its official sample.
 */

const sn = () => z.string().trim().regex(ORDERSN_PATTERN)

/** A flag that says nothing when it is absent: null is not false here. */
const flagOrNull = () =>
  z.unknown().transform((value) => (value === undefined || value === null || value === "" ? null : flag().parse(value)))

const ShopeeReturnItemSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    item_id: shopeeId(),
    /** 0 = the item has no variations. */
    model_id: shopeeId(),
    /** Pieces, whatever its name says. */
    amount: quantity(),
    item_sku: text(),
    variation_sku: text(),
    refund_amount: amount(),
  })
)

const ShopeeSellerProofSchema = z.preprocess(
  (value) => (typeof value === "object" && !Array.isArray(value) ? value : null),
  z.nullable(z.looseObject({ seller_proof_status: text(), seller_evidence_deadline: time() }))
)

export const ShopeeReturnSchema = z.preprocess(
  trimKeys,
  z.looseObject({
    return_sn: sn(),
    order_sn: sn(),
    status: present(text()),
    reason: text(),
    /** What the buyer gets back, in major units. */
    refund_amount: amount(),
    currency: text(),
    create_time: time(),
    /** Decides which of two readings is newer. */
    update_time: present(time()),
    due_date: time(),
    tracking_number: text(),
    needs_logistics: flagOrNull(),
    /** 0 = return and refund, 1 = refund only; named instead in some answers. */
    return_solution: text(),
    /** 0 = the buyer has the goods, 1 = they were still on their way, 2 = refused at the door. */
    return_refund_request_type: quantity(),
    /** RRAOC = raised after the order was completed. */
    return_refund_type: text(),
    /** Where the goods go: `seller_validation` or `warehouse_validation`. */
    validation_type: text(),
    /** The official table and the official sample spell this field differently. */
    reverse_logistic_status: text(),
    reverse_logistics_status: text(),
    /** The same in its old form, for request type 0 only. */
    logistics_status: text(),
    seller_proof: ShopeeSellerProofSchema,
    item: listOf(ShopeeReturnItemSchema),
  })
)

export type ShopeeReturn = z.output<typeof ShopeeReturnSchema>
