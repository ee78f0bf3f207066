import { StatusBadge } from "@medusajs/ui"
import type { ComponentProps } from "react"
import { useShopeeStatus } from "../lib/shopee-status"

/** How Medusa colours its own order states: what needs a hand is orange, what is done is green. */
const COLORS: Readonly<Record<string, ComponentProps<typeof StatusBadge>["color"]>> = {
  UNPAID: "grey",
  PENDING: "grey",
  READY_TO_SHIP: "orange",
  PROCESSED: "blue",
  RETRY_SHIP: "orange",
  SHIPPED: "blue",
  TO_CONFIRM_RECEIVE: "blue",
  IN_CANCEL: "orange",
  CANCELLED: "red",
  TO_RETURN: "orange",
  COMPLETED: "green",
}

/** Shopee's status of an order in plain words. */
export const ShopeeStatusBadge = ({ status }: { status: string | null }) => (
  <StatusBadge color={COLORS[status ?? ""] ?? "grey"}>{useShopeeStatus(status).label}</StatusBadge>
)
