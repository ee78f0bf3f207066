import type { MedusaContainer } from "@medusajs/framework/types"
import { retryException, retryExceptions, type RetryReceipt } from "../modules/connectors/shopee/inbox/retry-exceptions"
import { retryOrder } from "../modules/connectors/shopee/inbox/retry-orders"
import { readRetryCall, type RetryCall } from "./command-line/commands"
import { operatorScript, ScriptFailure } from "./command-line/operator-script"

/** Retries an exception, an order, a class or all that is open: `shopee-retry.ts <what>`. A worker does it; exit code 1 when nothing could be retried. */
export default operatorScript(readRetryCall, async (container, call) => {
  if (call.kind === "order") {
    const { shopId } = await retryOrder(container, { ordersn: call.ordersn })
    console.log(`Order ${call.ordersn} of shop ${shopId} is looked at again.`)
    return
  }
  const lines = describeReceipt(await retry(container, call))
  if (lines.length === 0) {
    throw new ScriptFailure("Nothing that is open can be retried.")
  }
  console.log(lines.join("\n"))
})

async function retry(container: MedusaContainer, call: Exclude<RetryCall, { kind: "order" }>): Promise<RetryReceipt> {
  switch (call.kind) {
    case "exception":
      return await retryException(container, call.id)
    case "class":
      return await retryExceptions(container, call.errorClass)
    case "all":
      return await retryExceptions(container)
  }
}

const EFFECTS: readonly [keyof Omit<RetryReceipt, "runId">, string][] = [
  ["orders", "orders are looked at again"],
  ["escrows", "settlements are fetched again"],
  ["shops", "shops are called again"],
  ["jobs", "jobs run again"],
  ["acceptedPushes", "rejected pushes were genuine"],
  ["leftAlone", "exceptions need a person"],
]

const describeReceipt = (receipt: RetryReceipt): string[] =>
  EFFECTS.filter(([effect]) => receipt[effect] > 0).map(([effect, text]) => `${receipt[effect]} ${text}.`)
