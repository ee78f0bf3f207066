import type { LostPushPage } from "../../client/shopee-client"
import { UNREADABLE_PUSH_CODE } from "../../types/enums"
import type { IncomingEvent } from "../../types/inbox"
import { recoverLostPushes } from "../recover-lost-pushes"

const never = new AbortController().signal

const push = (ordersn: string, shopId: number | null = 7) =>
  JSON.stringify({
    code: 3,
    ...(shopId === null ? {} : { shop_id: shopId }),
    timestamp: 1_700_000_000,
    data: { ordersn, status: "READY_TO_SHIP", update_time: 1_700_000_000 },
  })
const entry = (ordersn: string) => ({ shop_id: 7, code: 3, timestamp: 1_700_000_300, data: push(ordersn) })

/** Shopee's queue of lost pushes, and our inbox; what happens is noted in order. */
function world(queue: { id: number; raw: unknown }[], pageSize = 2) {
  const calls: string[] = []
  const inbox = new Map<string, IncomingEvent>()
  let failing: "store" | "confirm" | null = null
  const client = {
    getLostPushes: async (): Promise<LostPushPage> => {
      const page = queue.slice(0, pageSize)
      calls.push(`get ${page.map(({ id }) => id).join(",")}`)
      return {
        messages: page.map(({ raw }) => ({ shopId: null, code: null, timestamp: null, raw })),
        more: queue.length > pageSize,
        lastMessageId: page.at(-1)?.id ?? null,
      }
    },
    confirmLostPushes: async (lastMessageId: number) => {
      calls.push(`confirm ${lastMessageId}`)
      if (failing === "confirm") {
        throw new Error("the confirmation got lost")
      }
      queue.splice(0, queue.filter(({ id }) => id <= lastMessageId).length)
    },
  }
  const store = async (events: IncomingEvent[]) => {
    calls.push(`store ${events.length}`)
    if (failing === "store") {
      throw new Error("the database is away")
    }
    const isNew = events.filter(({ identity }) => !inbox.has(identity))
    isNew.forEach((event) => inbox.set(event.identity, event))
    return isNew.map(({ identity }) => identity)
  }
  return {
    calls,
    inbox,
    queue,
    fail: (what: typeof failing) => (failing = what),
    recover: async () => await recoverLostPushes(client, store, never),
    client,
    store,
  }
}

const queued = (...raws: unknown[]) => raws.map((raw, index) => ({ id: index + 1, raw }))

describe("recovering lost pushes", () => {
  it("gets, stores, then confirms, page by page", async () => {
    const { calls, recover, inbox, queue } = world(queued(entry("A"), entry("B"), entry("C")))
    expect(await recover()).toEqual({ pages: 2, pushes: 3, stored: 3, unreadable: 0 })
    expect(calls).toEqual(["get 1,2", "store 2", "confirm 2", "get 3", "store 1", "confirm 3"])
    expect([...inbox.values()].map(({ ordersn, shopId }) => `${shopId} ${ordersn}`)).toEqual(["7 A", "7 B", "7 C"])
    expect(queue).toEqual([])
  })

  it("confirms nothing that could not be stored", async () => {
    const { calls, recover, fail, queue } = world(queued(entry("A")))
    fail("store")
    await expect(recover()).rejects.toThrow("the database is away")
    expect(calls).toEqual(["get 1", "store 1"])
    expect(queue).toHaveLength(1)
  })

  it("takes a page that could not be confirmed for duplicates when it comes again", async () => {
    const { recover, fail, inbox, queue } = world(queued(entry("A"), entry("B")))
    fail("confirm")
    await expect(recover()).rejects.toThrow("the confirmation got lost")
    expect(inbox.size).toBe(2)
    fail(null)
    expect(await recover()).toEqual({ pages: 1, pushes: 2, stored: 0, unreadable: 0 })
    expect(inbox.size).toBe(2)
    expect(queue).toEqual([])
  })

  it("keeps what it can't read as unreadable events, and stores the rest of the page", async () => {
    const odd: unknown[] = ["nonsense", null, { code: 3, data: "{broken" }, { shop_id: {}, data: 5 }, entry("A")]
    const { recover, inbox } = world(queued(...odd), 10)
    expect(await recover()).toMatchObject({ pages: 1, pushes: 5, stored: 5 })
    const events = [...inbox.values()]
    expect(events.filter(({ eventType }) => eventType === UNREADABLE_PUSH_CODE).length).toBeGreaterThanOrEqual(3)
    expect(events.map(({ ordersn }) => ordersn)).toEqual([null, null, null, null, "A"])
    expect(events.map(({ rawBody }) => Buffer.from(rawBody ?? "", "base64").toString())).toEqual([
      '"nonsense"',
      "null",
      "{broken",
      '{"shop_id":{},"data":5}',
      push("A"),
    ])
  })

  it("takes in pushes of other shops and of none", async () => {
    const { recover, inbox } = world(
      queued(
        { shop_id: 8, code: 3, timestamp: 1, data: push("A", 8) },
        { code: 12, timestamp: 1, data: JSON.stringify({ code: 12, timestamp: 1, data: { shop_expire_soon: [7] } }) }
      )
    )
    await recover()
    expect([...inbox.values()].map(({ eventType, shopId, ordersn }) => [eventType, shopId, ordersn])).toEqual([
      [3, "8", "A"],
      [12, null, null],
    ])
  })

  it("stops loudly where Shopee's pages lead nowhere, with everything stored", async () => {
    const { client, store, inbox } = world([])
    const page = { messages: [{ shopId: null, code: null, timestamp: null, raw: entry("A") }], more: true }
    const answer = (answered: LostPushPage) =>
      recoverLostPushes({ ...client, getLostPushes: async () => answered }, store, never)
    await expect(answer({ ...page, lastMessageId: 4 })).rejects.toThrow(/again after they were confirmed/)
    await expect(answer({ ...page, lastMessageId: null })).rejects.toThrow(/without last_message_id/)
    await expect(answer({ messages: [], more: true, lastMessageId: null })).rejects.toThrow(/empty page/)
    expect(inbox.size).toBe(1)
  })
})
