/**
 * Condition on `shopee_auth_token` with the parameters shop, version, claim: the pair that was refreshed is still the stored
 * one, and nobody else is refreshing it. A holder whose lease ran out may still write once its successor let go or died:
 * the refresh token is spent, so its pair is the only one that works.
 */
export const REFRESH_FENCE = `shop_id = ? AND deleted_at IS NULL AND version = ?
        AND (refresh_claim_id = ? OR refresh_claim_id IS NULL OR refresh_lease_until < now())`
