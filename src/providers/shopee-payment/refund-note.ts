/** Key in a payment's `data` that the connector sets before it records a refund that Shopee has made. */
export const SHOPEE_REFUND_NOTE = "refunded_by_shopee"
