import { eventually } from "../../support/eventually"
import type { PlatformProcess } from "../../support/platform-process"
import type { FaultName } from "../catalogue"
import type { AlertDoor } from "../support/alert-door"
import { fault } from "../support/fault"
import type { FaultWorld } from "../support/fault-world"

/** The webhook behind the alerts is away while something has to be said. */
export function alertFaults(world: () => FaultWorld, platform: () => PlatformProcess, door: () => AlertDoor): void {
  const moods: [FaultName, "refusing" | "silent"][] = [
    ["alert-webhook-refuses", "refusing"],
    ["alert-webhook-silent", "silent"],
  ]
  for (const [name, mood] of moods) {
    fault(name, async () => {
      door().mood = mood
      const knocks = door().knocks
      const [unmapped] = await world().place(1, {
        lines: [{ sku: `GAL-${mood}`, name: "Gale Serpent", price: 4, quantity: 1 }],
      })
      const [order] = await world().place()
      if (!unmapped || !order) {
        throw new Error("The sandbox made no orders.")
      }
      world().hold(unmapped)
      await world().tellAll(platform(), [unmapped])
      await eventually("the alert to fail", async () => door().knocks > knocks)
      await world().tellAll(platform(), [order])
      const meanwhile = await world().until(order)
      door().mood = "well"
      await eventually("the alert", async () =>
        world().shop.alerts.received.some(({ ordersn }) => ordersn === unmapped.order_sn)
      )
      const posted = world().shop.alerts.received.filter(({ ordersn }) => ordersn === unmapped.order_sn)
      expect(posted).toHaveLength(1)
      await world().expectPromisesKept()
      return `posted once it was well; an order meanwhile took ${meanwhile} s`
    })
  }
}
