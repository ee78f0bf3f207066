import { connect, type Socket } from "node:net"
import type { SandboxOrder } from "../../../sandbox/control-client"
import { eventually } from "../../support/eventually"
import type { PlatformProcess } from "../../support/platform-process"
import { officialDigest, orderPush, type PushAnswer, send, sendSigned } from "../../support/send-push"
import { SHOP_ID } from "../../support/shopee-shop"
import { fault } from "../support/fault"
import type { FaultWorld } from "../support/fault-world"

const FORGED = 400
const SENDERS = 40
const IDLE_SENDERS = 150
/** Shopee's patience. */
const ANSWER_MS = 3_000
const MiB = 1024 * 1024

/** Bodies that are signed and can't be read, or not as they should be. */
const UNREADABLE: Buffer[] = [
  Buffer.from(""),
  Buffer.from("not json"),
  Buffer.from("[]"),
  Buffer.from("null"),
  Buffer.from([0xff, 0xfe, 0x7b, 0x7d]),
  Buffer.from(`{"code":3,"data":{"ordersn":"26\u0000","status":"UNPAID"}`),
  Buffer.from("[".repeat(50_000) + "]".repeat(50_000)),
  Buffer.from(`{"code":3,"data":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`),
]

/** Bodies that are JSON and hold what a database or a program may choke on. */
const ODD: string[] = [
  `{"code":3,"shop_id":${SHOP_ID},"timestamp":1,"data":{"ordersn":"ODD\\u0000NUL","status":"UNPAID","update_time":1}}`,
  `{"code":3,"shop_id":${SHOP_ID},"timestamp":2,"data":{"ordersn":"ODD\\ud800","status":"UNPAID","update_time":1}}`,
  `{"code":3,"shop_id":${SHOP_ID},"timestamp":1e400,"data":{"ordersn":"ODD1E400","status":"UNPAID","update_time":-1e400}}`,
  `{"code":99999999999999999999,"shop_id":9007199254740993,"timestamp":3,"data":{}}`,
  `{"code":-1,"shop_id":-0,"timestamp":"x","data":"{\\"ordersn\\": 5}"}`,
  `{"code":3,"shop_id":${SHOP_ID},"timestamp":4,"data":{"ordersn":"${"9".repeat(5_000)}","status":"UNPAID"}}`,
  `\ufeff{"code":5,"shop_id":${SHOP_ID},"timestamp":5,"data":{"actions":[]}}`,
  `{"code":3,"code":4,"__proto__":{"shop_id":1},"shop_id":${SHOP_ID},"timestamp":6,"data":{"constructor":{}}}`,
]

const INJECTED = [
  "'; DROP TABLE shopee_raw_event; --",
  `x\r\n{"level":"error","message":"everything is lost"}`,
  "\u001b[2J\u001b[31mgone",
  "${jndi:ldap://127.0.0.1/a} {{7*7}} %s %n <b>_*[`",
]

/** Senders who mean ill, or whose pushes come wrong. */
export function pushFaults(world: () => FaultWorld, platform: () => PlatformProcess): void {
  const count = async (where: string, parameters: unknown[] = []) => {
    const rows = await world().shop.database.query(`SELECT id FROM shopee_raw_event WHERE ${where}`, parameters)
    return rows.length
  }

  /** As many senders as an attacker's first machine has, each with one push after the other. */
  async function flood(): Promise<PushAnswer[]> {
    const sender = async (number: number): Promise<PushAnswer[]> => {
      const answers = []
      for (let index = 0; index < FORGED / SENDERS; index++) {
        const body = orderPush(`FORGED${number}-${index}`)
        answers.push(await send(platform().url, body, { authorization: officialDigest("other bytes") }))
      }
      return answers
    }
    return (await Promise.all(Array.from({ length: SENDERS }, (_, number) => sender(number)))).flat()
  }

  fault("push-forged-flood", async () => {
    const genuine = await world().place(10)
    const [answers] = await Promise.all([flood(), world().tellAll(platform(), genuine)])
    expect(answers.filter(({ status, body }) => status !== 200 || body !== "")).toEqual([])
    const rows = await count("signature_ok = false")
    expect(rows).toBeLessThanOrEqual(20)
    await world().expectPromisesKept()
    const open = (await world().exceptions()).filter(({ error_class }) => error_class === "signature_mismatch")
    expect(open).toHaveLength(1)
    return `${FORGED} answered 200, ${rows} rows, one exception; slowest answer ${Math.round(Math.max(...answers.map(({ ms }) => ms)))} ms`
  })

  fault("push-replayed", async () => {
    const [order] = await world().place()
    const body = orderPush(order?.order_sn ?? "")
    const answers = await Promise.all(Array.from({ length: 50 }, () => world().push(platform(), body)))
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200))
    const took = await world().expectPromisesKept()
    expect(await world().push(platform(), body)).toMatchObject({ status: 200 })
    expect(await count("ordersn = $1", [order?.order_sn])).toBe(1)
    return `51 answered 200, one event, order complete after ${took} s`
  })

  fault("push-reordered", async () => {
    const orders = await world().place(3, { status: "UNPAID" })
    const moved = []
    for (const [index, order] of orders.entries()) {
      const end = ["READY_TO_SHIP", "CANCELLED", "READY_TO_SHIP"][index] ?? ""
      moved.push(await world().control.moveOrder(order.order_sn, end, { push: false }))
    }
    // The last word first, the first one last, and each several times.
    for (const status of ["CANCELLED", "SHIPPED", "READY_TO_SHIP", "UNPAID", "UNPAID"]) {
      await Promise.all(moved.map((order) => world().tell(platform(), order, status)))
    }
    return `15 pushes in the wrong sequence, Medusa equal after ${await world().expectPromisesKept()} s`
  })

  fault("push-duplicated-and-late", async () => {
    await world().control.addFault({ endpoint: "push", kind: "duplicate", copies: 4, times: 5 })
    await world().control.addFault({ endpoint: "push", kind: "delay", delay_ms: 2_000, times: 2 })
    await world().control.addFault({ endpoint: "push", kind: "reorder", times: 2 })
    const orders = await world().place(5, { push: true })
    await world().control.clearFaults()
    await world().control.settlePushes()
    const took = await world().expectPromisesKept()
    const events = await count("ordersn = ANY($1)", [orders.map(({ order_sn }) => order_sn)])
    return `${events} events for ${orders.length} orders, Medusa equal after ${took} s`
  })

  fault("push-unreadable", async () => {
    const answers = []
    for (const body of UNREADABLE) {
      answers.push(await world().push(platform(), body))
    }
    expect(answers.map(({ status }) => status)).toEqual(UNREADABLE.map(() => 200))
    await world().expectPromisesKept()
    return `${UNREADABLE.length} answered 200 and kept byte for byte, the platform lives`
  })

  fault("push-odd", async () => {
    for (const body of ODD) {
      expect(await world().push(platform(), body)).toMatchObject({ status: 200, body: "" })
    }
    await world().expectPromisesKept()
    return `${ODD.length} answered 200 and kept byte for byte, the platform lives`
  })

  fault("push-injection", async () => {
    for (const text of INJECTED) {
      expect(await world().push(platform(), orderPush(text, text))).toMatchObject({ status: 200, body: "" })
    }
    await eventually("Shopee to be asked", async () => (await world().control.calls()).total > 0)
    await world().expectPromisesKept()
    const log = await platform().log()
    expect(
      log.split("\n").filter((line) => line.startsWith(`{"level":"error","message":"everything is lost"}`))
    ).toEqual([])
    expect(log).not.toContain("\u001b[2J")
    return `${INJECTED.length} answered 200; no table is gone, no log line is forged`
  })

  fault("push-oversized", async () => {
    const tooLarge = Buffer.alloc(2 * MiB, "x")
    expect(await sendSigned(platform().url, tooLarge)).toMatchObject({ status: 413 })
    const bomb = await send(platform().url, Buffer.alloc(1_000), { "content-encoding": "gzip", authorization: "x" })
    expect(bomb.status).toBe(200)
    await world().expectPromisesKept()
    return "413, nothing kept; a compressed body is never unpacked"
  })

  fault("push-senders-that-stall", async () => {
    const stalled = await Promise.all(Array.from({ length: IDLE_SENDERS }, () => stall(platform().port)))
    try {
      const orders = await world().place(5)
      const answers = await Promise.all(orders.map((order) => world().tell(platform(), order)))
      expect(answers.map(({ status }) => status)).toEqual(orders.map(() => 200))
      const slowest = Math.max(...answers.map(({ ms }) => ms))
      expect(slowest).toBeLessThan(ANSWER_MS)
      await world().expectPromisesKept()
      return `${IDLE_SENDERS} stalled senders; genuine pushes answered within ${Math.round(slowest)} ms`
    } finally {
      stalled.forEach((socket) => socket.destroy())
    }
  })

  fault("order-poisoned", async () => {
    const poisoned: SandboxOrder[] = []
    for (const overrides of [
      { total_amount: -1 },
      { total_amount: "NaN" },
      { item_list: [] },
      { currency: "ZZZ" },
      { total_amount: 1e300, item_list: null },
    ]) {
      const [order] = await world().place(1, { detail_overrides: overrides })
      poisoned.push(...(order ? [order] : []))
    }
    poisoned.forEach((order) => world().hold(order))
    const sound = await world().place(5, { message: `\u0000\ud800${INJECTED.join(" ")}` })
    await world().tellAll(platform(), [...poisoned, ...sound])
    const took = await world().expectPromisesKept()
    const told = (await world().exceptions()).filter(({ ordersn }) =>
      poisoned.some(({ order_sn }) => order_sn === ordersn)
    )
    expect(told).toHaveLength(poisoned.length)
    return `${poisoned.length} held with an exception each, ${sound.length} others complete after ${took} s`
  })
}

/** A sender that announces a body and never sends it. */
async function stall(port: number): Promise<Socket> {
  return await new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write("POST /connectors/shopee/webhook HTTP/1.1\r\nHost: shop\r\nContent-Length: 500\r\n\r\n{")
      resolve(socket)
    })
    socket.once("error", reject)
  })
}
