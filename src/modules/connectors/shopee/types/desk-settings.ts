import type { Page, Timestamp } from "./desk-values"
import type { BackfillReason, BackfillStatus } from "./enums"

/** A push that the connector needs, and whether the app is subscribed to it; null = Shopee doesn't say. */
export interface PushSubscriptionState {
  code: number
  on: boolean | null
}

/** How Shopee sends its pushes, as it says itself. */
export interface PushSettings {
  /** As it is saved at Shopee; null = none is. */
  callback_url: string | null
  /** Normal, Warning or Suspended; null = Shopee doesn't say. */
  status: string | null
  pushes: PushSubscriptionState[]
}

/** Which variant a Shopee listing sells, as a person decided. */
export interface SkuMappingView {
  id: string
  shop_id: string
  item_id: string
  /** "0" = the item has no variations. */
  model_id: string
  variant_id: string
  /** null = Medusa has the variant no more: orders of the listing are held. */
  variant: { title: string; sku: string | null; product_id: string; product_title: string } | null
  pieces_per_unit: number
  /** E-mail address of the person, or the id of what else decided; null = not known. */
  decided_by: string | null
  decided_at: Timestamp
}

/** `GET /admin/connectors/shopee/sku-mappings` */
export interface SkuMappingListAnswer extends Page {
  sku_mappings: SkuMappingView[]
}

/** `POST /admin/connectors/shopee/sku-mappings` */
export interface SkuMappingAnswer {
  /** The mapping that now holds for the listing. */
  id: string
  /** Orders that waited for the listing and are looked at again. */
  released_orders: number
}

/** `DELETE /admin/connectors/shopee/sku-mappings/:id` */
export interface SkuMappingDeletedAnswer {
  id: string
  object: "shopee_sku_mapping"
  deleted: true
}

/** Orders of a range of time, taken in again, and how far that is. */
export interface BackfillView {
  id: string
  shop_id: string
  reason: `${BackfillReason}`
  /** `done` = every day was read; what was found may still be on its way. */
  status: `${BackfillStatus}`
  from_at: Timestamp
  to_at: Timestamp
  windows_total: number
  windows_done: number
  /** Orders of the days that are read. */
  orders_seen: number
  /** Those among them that were missing or behind. */
  injected_count: number
  /** Those of them that are done. */
  done_count: number
  last_error: string | null
  created_at: Timestamp
  /** When the last of its orders was done; null = it is at work. */
  settled_at: Timestamp | null
}

/** `POST /admin/connectors/shopee/backfill`, `GET /admin/connectors/shopee/backfill/:id` */
export interface BackfillAnswer {
  backfill: BackfillView
}

/** `GET /admin/connectors/shopee/backfill`: the newest ones. */
export interface BackfillListAnswer {
  backfills: BackfillView[]
}
