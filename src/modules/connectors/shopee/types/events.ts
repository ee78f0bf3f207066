/**
 * Emitted after a raw event was committed, with `{ id }`. Named by the product paper; Medusa's own module events have other names
 * and come inside transactions.
 */
export const RAW_EVENT_CREATED = "shopee_raw_event.created"
