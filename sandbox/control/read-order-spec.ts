import { JsonReader, JsonShapeError, isJsonObject } from "../json-reader"
import type {
  LineChange,
  LineSpec,
  Masking,
  MoveOptions,
  OrderChange,
  OrderSpec,
  PackageChange,
  RecipientSpec,
} from "./order-spec"

const RECIPIENT_FIELDS = [
  "name",
  "phone",
  "town",
  "district",
  "city",
  "state",
  "region",
  "zipcode",
  "full_address",
] as const

/** Reads an order spec. @throws JsonShapeError that names the field which is missing or of the wrong kind */
export function readOrderSpec(value: unknown): OrderSpec {
  if (!isJsonObject(value)) throw new JsonShapeError("an order spec must be an object")
  const spec = new JsonReader(value)
  const lines = spec.objects("lines")
  if (!lines) throw new JsonShapeError("lines is missing")
  const buyer = spec.object("buyer")
  return present({
    lines: lines.map(readLine),
    buyer: buyer && present({ user_id: buyer.number("user_id"), username: buyer.string("username") }),
    ...readMoney(spec),
    shop_id: spec.number("shop_id"),
    cod: spec.boolean("cod"),
    status: spec.string("status"),
    recipient: readRecipient(spec),
    masked: readMasking(spec),
    message: spec.string("message"),
    currency: spec.string("currency"),
    region: spec.string("region"),
    push: spec.boolean("push"),
    no_variation: spec.boolean("no_variation"),
    ordersn: spec.string("ordersn"),
    create_time: spec.number("create_time"),
    packages: readCount(spec, "packages"),
    detail_overrides: spec.object("detail_overrides")?.fields,
  })
}

/** Reads the options of a move. @throws JsonShapeError */
export function readMoveOptions(options: JsonReader): MoveOptions {
  return present({
    packages: readCount(options, "packages"),
    tracking: readTracking(options),
    cancel_by: options.string("cancel_by"),
    cancel_reason: options.string("cancel_reason"),
    buyer_cancel_reason: options.string("buyer_cancel_reason"),
    completed_scenario: options.string("completed_scenario"),
    push: options.boolean("push"),
    document_push: options.boolean("document_push"),
    force: options.boolean("force"),
    at: options.number("at"),
  })
}

/** Reads a change of an order. @throws JsonShapeError */
export function readOrderChange(change: JsonReader): OrderChange {
  return present({
    ...readMoney(change),
    recipient: readRecipient(change),
    masked: readMasking(change),
    message: change.string("message"),
    note: change.string("note"),
    lines: change.objects("lines")?.map(readLineChange),
    packages: change.objects("packages")?.map(readPackageChange),
    detail_overrides: change.object("detail_overrides")?.fields,
    push: change.boolean("push"),
    update_time: change.number("update_time"),
  })
}

function readLine(line: JsonReader): LineSpec {
  return present({
    name: line.requiredString("name"),
    price: line.requiredNumber("price"),
    quantity: line.requiredNumber("quantity"),
    sku: line.string("sku"),
    item_sku: line.string("item_sku"),
    original_price: line.number("original_price"),
    item_id: line.id("item_id"),
    model_id: line.id("model_id"),
    model_name: line.string("model_name"),
    bundle: line.boolean("bundle"),
    add_on: line.boolean("add_on"),
    wholesale: line.boolean("wholesale"),
    no_variation: line.boolean("no_variation"),
  })
}

function readMoney(fields: JsonReader) {
  return present({
    shipping_fee: fields.number("shipping_fee"),
    seller_voucher: fields.number("seller_voucher"),
    shopee_voucher: fields.number("shopee_voucher"),
    coins: fields.number("coins"),
    buyer_fee: fields.number("buyer_fee"),
    shipping_discount: fields.number("shipping_discount"),
    bottle_deposit: fields.number("bottle_deposit"),
  })
}

function readLineChange(change: JsonReader): LineChange {
  return present({
    index: change.requiredNumber("index"),
    cancelled_qty: change.number("cancelled_qty"),
    cancel_requested_qty: change.number("cancel_requested_qty"),
    return_requested_qty: change.number("return_requested_qty"),
    returned_qty: change.number("returned_qty"),
  })
}

function readPackageChange(change: JsonReader): PackageChange {
  return present({
    index: change.requiredNumber("index"),
    logistics_status: change.string("logistics_status"),
    tracking_number: change.string("tracking_number"),
  })
}

function readRecipient(fields: JsonReader): RecipientSpec | undefined {
  const recipient = fields.object("recipient")
  return recipient && present(Object.fromEntries(RECIPIENT_FIELDS.map((field) => [field, recipient.string(field)])))
}

function readMasking(fields: JsonReader): Masking | undefined {
  if (fields.fields.masked === "partial") return "partial"
  return fields.boolean("masked")
}

function readTracking(options: JsonReader): MoveOptions["tracking"] {
  const { tracking } = options.fields
  if (tracking === false) return false
  return Array.isArray(tracking) ? options.strings("tracking") : options.string("tracking")
}

function readCount(fields: JsonReader, name: string): number | undefined {
  const count = fields.number(name)
  if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= 50)) {
    throw new JsonShapeError(`${name} must be a whole number from 1 to 50`)
  }
  return count
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** The object without its undefined fields, so that defaults apply. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>
}
