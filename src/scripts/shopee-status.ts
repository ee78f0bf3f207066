import { describeStatus, isWorking } from "../modules/connectors/shopee/desk/describe-status"
import { readStatus } from "../modules/connectors/shopee/desk/read-status"
import { readStatusCall } from "./command-line/commands"
import { operatorScript } from "./command-line/operator-script"

/** Prints how the connector is: `shopee-status.ts`. Exit code 1 while no order can be read, because a setting or an authorisation is missing. */
export default operatorScript(readStatusCall, async (container) => {
  const status = await readStatus(container)
  console.log(describeStatus(status))
  process.exitCode = isWorking(status) ? 0 : 1
})
