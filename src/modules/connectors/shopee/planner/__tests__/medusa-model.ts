import { MathBN } from "@medusajs/framework/utils"
import { BUYER_FEE_LINE_KEY } from "../../mappers/order-import"
import type { OrderContact } from "../../types/order-contact"
import type { OrderPrice } from "../../types/order-price"
import type { MedusaOrderView, PackageToFulfil, PlanStep, ShipmentToMark, StockedLineView } from "../../types/plan"
import { ModelCopies } from "./model-copies"
import { ModelReturns } from "./model-returns"
import { type ModelLine, ModelWarehouse, refuse } from "./model-warehouse"

/** The process died. */
export class Crash extends Error {
  override readonly name = "Crash"
}

interface ModelOrder {
  status: "pending" | "completed" | "canceled"
  total: string
  linked: boolean
  collectionAmount: string | null
  captures: string[]
  refunds: { amount: string; returnSn: string | null }[]
  /** What the order's account knows of both. */
  booked: string
  returns: ModelReturns
  warehouse: ModelWarehouse
  copies: ModelCopies
  contact: OrderContact
}

const sum = (amounts: string[]) => amounts.reduce<string>((all, amount) => MathBN.add(all, amount).toFixed(), "0")

const toLines = (price: OrderPrice): ModelLine[] =>
  price.lines
    .filter(({ quantity }) => quantity > 0)
    .map(({ key, quantity }) => ({ lineId: `line:${key}`, key, quantity, isStocked: true }))

const feeLine: ModelLine = { lineId: "line:fee", key: BUYER_FEE_LINE_KEY, quantity: 1, isStocked: false }

/**
 * What Medusa does with the steps of a plan, in its smallest parts: the process can die before any of them, and what was done stays
 * done. Refuses what Medusa refuses, and what no plan may ask for: a second order, payment or capture.
 */
export class MedusaModel {
  order: ModelOrder | null = null
  /** Parts that are done before the process dies; infinity = it lives. */
  partsUntilCrash = Number.POSITIVE_INFINITY

  view(): MedusaOrderView | null {
    if (this.order === null) {
      return null
    }
    const { status, total, linked, collectionAmount, captures, refunds, booked, returns, warehouse } = this.order
    const { lines } = warehouse
    return {
      id: "order_1",
      status,
      currencyCode: "sgd",
      total: status === "canceled" ? total : MathBN.sub(total, returns.lessens()).toFixed(),
      linked,
      stockedLines: lines.filter(({ isStocked }) => isStocked).map((line) => toStockedLine(line, warehouse)),
      lines: lines.map(({ lineId, key, quantity }) => ({
        ...{ lineId, key, itemKey: null, quantity },
        fulfilled: warehouse.packed(lineId),
        shipped: warehouse.shipped(lineId),
        piecesPerUnit: 1,
      })),
      fulfillments: warehouse
        .open()
        .filter((fulfillment) => fulfillment.linked)
        .map(({ id, packageNumber, shipped, delivered, trackingNumber, items }) => ({
          ...{ id, packageNumber, shipped, delivered, trackingNumber, items },
        })),
      unlinkedPackages: warehouse.unlinked(),
      payment: {
        collectionId: collectionAmount === null ? null : "pay_col_1",
        collectionAmount,
        capturedAmount: sum(captures),
        refundedAmount: amountOf(refunds),
        isUnbooked: !MathBN.eq(booked, movedIn(this.order)),
      },
      contact: this.order.contact,
      copies: this.order.copies.view(warehouse, returns.received()),
      returns: returns.view(total, booked, refunds),
    }
  }

  /**
   * @param price what the order is imported with, or amended to
   * @param contact what it is imported with
   */
  apply(step: PlanStep, price: OrderPrice, contact: OrderContact): void {
    switch (step.kind) {
      case "create":
        return this.create(step, price, contact)
      case "link":
        this.die()
        this.existing().linked = true
        return
      case "open_payment":
        return this.openPayment(step.amount)
      case "amend":
        return this.amend(step.total, price)
      case "reserve":
        return step.lines.forEach(({ lineId, quantity }) => {
          this.part(({ warehouse }) => warehouse.reserve(lineId, quantity))
        })
      case "capture":
        return this.capture(step.amount)
      case "fulfil":
        return step.packages.forEach((parcel) => this.fulfil(parcel))
      case "ship":
        return step.shipments.forEach((shipment) => this.part(({ warehouse }) => warehouse.ship(shipment)))
      case "track":
        return step.shipments.forEach((shipment) => this.track(shipment))
      case "deliver":
        return step.fulfillmentIds.forEach((id) => this.part(({ warehouse }) => warehouse.deliver(id)))
      case "complete":
        return this.part((order) => (order.status = "completed"))
      case "unpack":
        return step.fulfillmentIds.forEach((id) => this.part(({ warehouse }) => warehouse.unpack(id)))
      case "cancel":
        return this.cancel()
      case "refund":
        this.part((order) => refund(order, step.keep))
        return this.book()
      case "book":
        return this.book()
      case "update_contact":
        return this.part((order) => {
          order.contact = { address: step.address ?? order.contact.address, buyer: step.buyer ?? order.contact.buyer }
        })
      case "copies":
        // Also of an order that is cancelled or completed.
        return this.existing()
          .copies.parts(step.changes)
          .forEach((part) => {
            this.die()
            part()
          })
      case "short_of_copies":
      case "report":
        throw new Error("A report is for a person: there is nothing to apply")
      case "request_returns":
        return step.returns.forEach((wanted) =>
          this.later(({ returns, warehouse }) => returns.request(wanted, warehouse))
        )
      case "receive_returns":
        return step.returnIds.forEach((id) => this.receive(id))
      case "cancel_returns":
        return step.returnIds.forEach((id) => this.later(({ returns }) => returns.cancel(id)))
      case "refund_returns":
        step.refunds.forEach(({ returnSn, amount }) => this.later((order) => refundReturn(order, returnSn, amount)))
        return this.book()
      case "balance":
        // Read anew, as our step does.
        return this.later(({ returns, total, booked }) => returns.credit(returns.openAmount(total, booked)))
    }
  }

  private create(
    { reserve, capture }: Extract<PlanStep, { kind: "create" }>,
    price: OrderPrice,
    contact: OrderContact
  ): void {
    this.die()
    refuse(this.order !== null, "Order with custom_display_id already exists")
    this.order = {
      status: "pending",
      total: price.total,
      linked: false,
      collectionAmount: null,
      captures: [],
      refunds: [],
      booked: "0",
      returns: new ModelReturns(),
      warehouse: new ModelWarehouse([...toLines(price), ...(MathBN.gt(price.buyer_fee, 0) ? [feeLine] : [])]),
      contact,
      copies: new ModelCopies(),
    }
    this.order.returns.price(price)
    if (reserve) {
      this.part(({ copies, warehouse }) => copies.reserveAll(warehouse.lines))
      toLines(price).forEach(({ lineId, quantity }) => {
        this.part(({ warehouse }) => warehouse.reserve(lineId, quantity))
      })
    }
    this.openPayment(price.total)
    if (capture && MathBN.gt(price.total, 0)) {
      this.capture(price.total)
    }
    this.part((order) => (order.linked = true))
  }

  private openPayment(amount: string): void {
    this.part((order) => {
      refuse(order.collectionAmount !== null, "The order would have two payment collections")
      order.collectionAmount = amount
    })
  }

  private amend(total: string, price: OrderPrice): void {
    const linesOf = ({ warehouse }: ModelOrder) =>
      price.lines
        .map(({ key, quantity }) => ({ lineId: `line:${key}`, quantity }))
        .filter(({ lineId }) => warehouse.lines.some((line) => line.lineId === lineId))
    this.part((order) => linesOf(order).forEach((line) => order.warehouse.release(line.lineId, line.quantity)))
    if (
      MathBN.gt(price.buyer_fee, 0) &&
      this.existing().warehouse.lines.every(({ key }) => key !== BUYER_FEE_LINE_KEY)
    ) {
      this.part(({ warehouse }) => warehouse.addFee(feeLine))
    }
    this.part((order) => {
      order.total = total
      order.returns.price(price)
      linesOf(order).forEach((line) => order.warehouse.lower(line.lineId, line.quantity))
      order.warehouse.settleFee(BUYER_FEE_LINE_KEY)
    })
    if (this.existing().captures.length === 0) {
      this.part((order) => (order.collectionAmount = total))
    }
  }

  /** The link comes last: the process can die before it. */
  private fulfil(parcel: PackageToFulfil): void {
    if (!this.existing().warehouse.unlinked().includes(parcel.packageNumber)) {
      this.part(({ warehouse }) => warehouse.fulfil(parcel))
    }
    this.part(({ warehouse }) => warehouse.link(parcel.packageNumber))
  }

  /** A number can still be put on a parcel of a completed order. */
  private track(shipment: ShipmentToMark): void {
    this.die()
    const { status, warehouse } = this.existing()
    refuse(status === "canceled", "An order that is canceled is not changed")
    warehouse.track(shipment)
  }

  private capture(amount: string): void {
    this.part((order) => {
      refuse(!MathBN.gt(amount, 0), "Capture amount must be greater than 0")
      refuse(order.collectionAmount === null, "There is no payment collection to capture")
      refuse(order.captures.length > 0, "The payment would be captured twice")
      refuse(!MathBN.eq(amount, order.collectionAmount ?? 0), "More or less than the collection would be captured")
      order.captures.push(amount)
    })
    this.book()
  }

  /** A module of its own: the process can die before it. */
  private book(): void {
    this.die()
    const order = this.existing()
    order.booked = movedIn(order)
  }

  private cancel(): void {
    this.part((order) => {
      refuse(order.warehouse.open().length > 0, "All fulfillments must be canceled before canceling an order")
      if (MathBN.gt(sum(order.captures), amountOf(order.refunds))) {
        refund(order)
        order.booked = movedIn(order)
      }
    })
    this.part(({ warehouse }) => (warehouse.reservations = {}))
    this.part((order) => {
      order.status = "canceled"
      order.total = "0"
    })
  }

  private receive(id: string): void {
    const { returns, warehouse } = this.existing()
    for (const part of returns.receiving(id, warehouse)) {
      this.later(part)
    }
  }

  /** Part of what can be done to a completed order as well. */
  private later(change: (order: ModelOrder) => void): void {
    this.die()
    const order = this.existing()
    refuse(order.status === "canceled", "An order that is canceled is not changed")
    change(order)
  }

  private part(change: (order: ModelOrder) => void): void {
    this.die()
    const order = this.existing()
    refuse(order.status !== "pending", `An order that is ${order.status} is not changed`)
    change(order)
  }

  private die(): void {
    if (this.partsUntilCrash <= 0) {
      throw new Crash("The process died")
    }
    this.partsUntilCrash -= 1
  }

  private existing(): ModelOrder {
    if (this.order === null) {
      throw new Error("There is no order to change")
    }
    return this.order
  }
}

function toStockedLine({ lineId, quantity }: ModelLine, { reservations }: ModelWarehouse): StockedLineView {
  return {
    lineId,
    sku: `SKU-${lineId}`,
    quantity,
    reserved: reservations[lineId] !== undefined,
    inventoryItems: [{ inventoryItemId: `iitem_${lineId}`, requiredQuantity: 1 }],
  }
}

const amountOf = (refunds: ModelOrder["refunds"]): string => sum(refunds.map(({ amount }) => amount))

const movedIn = ({ captures, refunds }: ModelOrder): string => MathBN.sub(sum(captures), amountOf(refunds)).toFixed()

function refund({ captures, refunds }: ModelOrder, keep = "0"): void {
  const left = MathBN.sub(MathBN.sub(sum(captures), amountOf(refunds)), keep)
  refuse(!MathBN.gt(left, 0), "You are not allowed to refund more than the captured amount")
  refunds.push({ amount: left.toFixed(), returnSn: null })
}

/** Refunds a return with what is missing of an amount. */
function refundReturn({ captures, refunds }: ModelOrder, returnSn: string, amount: string): void {
  const known = amountOf(refunds.filter((each) => each.returnSn === returnSn))
  const left = MathBN.sub(sum(captures), amountOf(refunds))
  const due = MathBN.sub(amount, known)
  refuse(!MathBN.gt(due, 0), `Return ${returnSn} would be refunded with nothing`)
  refuse(MathBN.gt(due, left), "You are not allowed to refund more than the captured amount")
  refunds.push({ amount: due.toFixed(), returnSn })
}
