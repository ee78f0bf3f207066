import { model } from "@medusajs/framework/utils"
import { SerializedItemStatus } from "../types/enums"
import TcgChannelListing from "./tcg-channel-listing"

/**
 * One graded or serialized copy of a variant.
 *
 * `reserved_for` names what the copy is set aside for (one order line's one piece), stays when it is sold, and is empty while
 * the copy is available. It holds one copy of a variant at most: the index is what makes reserving again safe. `reserved_order`
 * names the order that the piece belongs to, where there is one, so that an order's copies are found without knowing its lines.
 */
const TcgSerializedItem = model
  .define("tcg_serialized_item", {
    id: model.id({ prefix: "tsi" }).primaryKey(),
    variant_id: model.text(),
    cert_number: model.text().searchable(),
    grader: model.text().nullable(),
    grade: model.text().nullable(),
    status: model.enum(SerializedItemStatus).default(SerializedItemStatus.AVAILABLE),
    reserved_for: model.text().nullable(),
    reserved_order: model.text().nullable(),
    reserved_at: model.dateTime().nullable(),
    sold_at: model.dateTime().nullable(),
    listings: model.hasMany(() => TcgChannelListing, { mappedBy: "serialized_item" }),
  })
  .cascades({ delete: ["listings"] })
  .indexes([
    { name: "IDX_tcg_serialized_item_cert", on: ["grader", "cert_number"], unique: true, where: "grader IS NOT NULL" },
    {
      name: "IDX_tcg_serialized_item_reservation",
      on: ["reserved_for", "variant_id"],
      unique: true,
      where: "reserved_for IS NOT NULL",
    },
    { name: "IDX_tcg_serialized_item_order", on: ["reserved_order"], where: "reserved_order IS NOT NULL" },
    { name: "IDX_tcg_serialized_item_variant", on: ["variant_id", "status"] },
  ])

export default TcgSerializedItem
