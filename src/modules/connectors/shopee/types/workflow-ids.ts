/**
 * Ids under which the workflows are registered with the engine. The connector's module runs them by id, so that nothing in
 * `modules/` imports from `workflows/`.
 */
export const IMPORT_SHOPEE_ORDERS_WORKFLOW = "import-shopee-orders"
export const CONVERGE_SHOPEE_ORDER_WORKFLOW = "converge-shopee-order"
export const MOVE_SHOPEE_ORDERS_WORKFLOW = "move-shopee-orders"
