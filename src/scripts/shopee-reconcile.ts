import { runScopesNow } from "../modules/connectors/shared/jobs/run-due-jobs"
import { describeProof } from "../modules/connectors/shopee/desk/describe-status"
import { readStatus } from "../modules/connectors/shopee/desk/read-status"
import { reconcileDaily } from "../modules/connectors/shopee/recovery/reconcile"
import { readReconcileCall } from "./command-line/commands"
import { operatorScript, ScriptFailure } from "./command-line/operator-script"

/**
 * Compares every authorised shop's orders with Shopee's list now: `shopee-reconcile.ts`. What is missing or behind is taken in by a
 * worker. Exit code 1 when no proof could be made.
 */
export default operatorScript(readReconcileCall, async (container) => {
  const { configuration, shops } = await readStatus(container)
  if (!configuration.configured) {
    throw new ScriptFailure(`Shopee is not configured: set ${configuration.missing.join(", ")}.`)
  }
  if (!shops.some(({ token }) => token === "authorized")) {
    throw new ScriptFailure("No shop is authorised: npm run shopee -- authorize")
  }
  await runScopesNow(container, reconcileDaily)
  const compared = (await readStatus(container)).shops.filter(({ token }) => token === "authorized")
  for (const { shop_id, last_proof } of compared) {
    console.log(`Shop ${shop_id}: ${describeProof(last_proof)}`)
  }
  if (compared.some(({ last_proof }) => last_proof?.status !== "complete")) {
    throw new ScriptFailure("There is no proof for every shop; the job is tried again by itself.")
  }
})
