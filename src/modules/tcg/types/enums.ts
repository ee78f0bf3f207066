import { ConnectorName } from "../../connectors/shared/types/enums"

/** Where something is listed: the connectors' names, so that a listing and its exceptions are found under one word. */
export const Channel = ConnectorName
export type Channel = ConnectorName

export enum ListingStatus {
  ACTIVE = "active",
  INACTIVE = "inactive",
  OUT_OF_STOCK = "out_of_stock",
  PAUSED = "paused",
}

/** A graded or serialized copy: for sale, set aside for an order line, shipped. */
export enum SerializedItemStatus {
  AVAILABLE = "available",
  RESERVED = "reserved",
  SOLD = "sold",
}
