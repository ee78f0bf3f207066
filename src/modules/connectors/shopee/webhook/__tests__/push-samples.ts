import { isUnreadable, type ParsedPush, type PushReading } from "../../types/push"

/** A made-up order status push, as an object. */
export const statusPush = (fields: object = {}, envelope: object = {}) => ({
  msg_id: "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
  data: {
    items: [],
    ordersn: "260301ABCDEF03",
    status: "READY_TO_SHIP",
    completed_scenario: "",
    update_time: 1772330000,
    ...fields,
  },
  shop_id: 90210,
  code: 3,
  timestamp: 1772330001,
  ...envelope,
})

/** The push of a reading that must have found one. */
export const readable = (reading: PushReading): ParsedPush => {
  if (isUnreadable(reading)) {
    throw new Error(reading.unreadable)
  }
  return reading
}
