/**
 * Condition on `sync.shop_id`: we hold an authorisation for the shop, Shopee has not refused it, and no outage or rate limit
 * pauses its calls. Orders of other shops wait without costing an attempt.
 */
export const CALLABLE_SHOP = `EXISTS (
  SELECT 1 FROM shopee_auth_token token
   WHERE token.shop_id = sync.shop_id
     AND token.deleted_at IS NULL
     AND token.refused_at IS NULL
     AND (token.paused_until IS NULL OR token.paused_until <= now()))`

/**
 * Whether any shop may be called at all: asked once a statement. While the only shop is paused, every look for work would go through its whole
 * backlog to find nothing.
 */
export const ANY_CALLABLE_SHOP = `EXISTS (
  SELECT 1 FROM shopee_auth_token token
   WHERE token.deleted_at IS NULL
     AND token.refused_at IS NULL
     AND (token.paused_until IS NULL OR token.paused_until <= now()))`

/** Condition on `sync`: nobody holds the order, or who did has died. Names `deleted_at` because the partial indexes do. */
export const UNCLAIMED = `sync.deleted_at IS NULL AND (sync.lease_until IS NULL OR sync.lease_until < now())`
