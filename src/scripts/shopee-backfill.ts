import { readStatus } from "../modules/connectors/shopee/desk/read-status"
import { describeBackfill, describeBackfillEnd } from "../modules/connectors/shopee/recovery/describe-backfill"
import { followBackfill } from "../modules/connectors/shopee/recovery/follow-backfill"
import { type BackfillProgress, startBackfill } from "../modules/connectors/shopee/recovery/start-backfill"
import { readBackfillCall } from "./command-line/commands"
import { operatorScript, ScriptFailure } from "./command-line/operator-script"

/** Without a terminal, a line each so often tells that it goes on. */
const LINE_EVERY_MS = 5_000

/**
 * Takes in the orders of a range of days, both included, in Singapore's time: `shopee-backfill.ts <from> <to> [shop_id]`. Shows how
 * far it is; what is interrupted goes on by itself in a worker. Exit code 1 when it is called wrongly or orders are left that need a
 * person.
 */
export default operatorScript(readBackfillCall, async (container, { from, to, firstDay, lastDay, shopId }) => {
  const { id } = await startBackfill(container, { from, to, ...(shopId !== null && { shopId }) })
  console.log(`Backfill ${id} of ${firstDay} to ${lastDay} began.`)
  const show = progressShower()
  const end = await followBackfill(container, id, show)
  show(end, true)
  const left = end.injected_count - end.done_count
  if (left > 0) {
    throw new ScriptFailure(`${left} of its orders wait or are held: the connector's open exceptions say why.`)
  }
  const { pending, failed } = (await readStatus(container)).orders.by_sync_status
  console.log(describeBackfillEnd(pending + failed))
})

/** In a terminal one line that is written over; elsewhere a line now and then, and one at the end. */
function progressShower(): (progress: BackfillProgress, isEnd?: boolean) => void {
  let shownAt = 0
  return (progress, isEnd = false) => {
    const line = describeBackfill(progress)
    if (process.stdout.isTTY) {
      process.stdout.write(`\r\u001b[2K${line}${isEnd ? "\n" : ""}`)
    } else if (isEnd || Date.now() - shownAt >= LINE_EVERY_MS) {
      shownAt = Date.now()
      console.log(line)
    }
  }
}
