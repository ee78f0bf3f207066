import type { PlatformProcess } from "../support/platform-process"
import { alertFaults } from "./one-platform/alert-faults"
import { pushFaults } from "./one-platform/push-faults"
import { shopeeFaults } from "./one-platform/shopee-faults"
import { type AlertDoor, openAlertDoor } from "./support/alert-door"
import { FaultWorld } from "./support/fault-world"

/** Faults that need no restart, one after the other on one process: what one leaves behind would show in the next. */
describe("the built platform among others that misbehave", () => {
  let world: FaultWorld
  let platform: PlatformProcess
  let door: AlertDoor

  beforeAll(async () => {
    world = await FaultWorld.open("faults-one-platform", async ({ alerts }) => {
      door = await openAlertDoor(alerts.url)
      return { SHOPEE_ALERT_WEBHOOK_URL: door.url }
    })
    ;[platform] = await Promise.all([world.start("platform"), world.authorize()])
    await world.control.setPushConfig({ deliveryUrl: `${platform.url}/connectors/shopee/webhook` })
    await world.stockCards()
  }, 300_000)

  afterAll(async () => {
    await world?.close()
    await door?.close()
  })

  describe("Shopee", () =>
    shopeeFaults(
      () => world,
      () => platform
    ))
  describe("senders of pushes", () =>
    pushFaults(
      () => world,
      () => platform
    ))
  describe("the alert webhook", () =>
    alertFaults(
      () => world,
      () => platform,
      () => door
    ))
})
