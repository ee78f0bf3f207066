import type { RetryReceipt } from "../../../modules/connectors/shopee/inbox/retry-exceptions"
import type { RetryAnswer } from "../../../modules/connectors/shopee/types/desk"

/** What a retry set in motion, as it is answered. */
export const toRetryAnswer = (receipt: RetryReceipt): RetryAnswer => ({
  run_id: receipt.runId,
  orders: receipt.orders,
  escrows: receipt.escrows,
  shops: receipt.shops,
  jobs: receipt.jobs,
  accepted_pushes: receipt.acceptedPushes,
  left_alone: receipt.leftAlone,
})
