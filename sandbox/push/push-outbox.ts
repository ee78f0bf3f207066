import { Agent } from "node:http"
import type { SandboxClock } from "../clock"
import type { PushFault } from "../control/fault"
import type { PushRecord } from "../control/reports"
import type { FaultBook } from "../faults/fault-book"
import { hmacHex, pushSignature } from "../signing"
import type { LostPushes } from "./lost-pushes"
import { postPush } from "./post-push"
import type { PushHealth } from "./push-health"
import type { PushJournal } from "./push-journal"
import type { Subscription } from "./subscription"

/** A push on its way: what is sent, how often it failed, and what waits for its next attempt. */
interface Parcel {
  record: PushRecord
  body: Buffer
  failures: number
  /** A copy neither retries nor counts as the push's outcome. */
  isCopy: boolean
  fault?: PushFault
  done: () => void
}

interface OutboxParts {
  clock: SandboxClock
  subscription: Subscription
  faults: FaultBook
  health: PushHealth
  lost: LostPushes
  journal: PushJournal
}

/** Delivers pushes: bounded concurrency, Shopee's retries, and the lost-push queue at their end. */
export class PushOutbox {
  private readonly agent = new Agent({ keepAlive: true })
  private queue: Parcel[] = []
  private queueHead = 0
  private inFlight = 0
  private heldBack: Parcel[] = []
  private readonly delays = new Set<NodeJS.Timeout>()
  /** Grows at each reset; what was on its way before belongs to another life. */
  private generation = 0

  constructor(private readonly parts: OutboxParts) {}

  /** Sends a push, or only notes it when nobody subscribed to it. */
  publish(push: { msgId: string; code: number; shopId?: number; ordersn?: string; body: string }): void {
    const { subscription, faults, health, journal, clock } = this.parts
    const described = {
      msg_id: push.msgId,
      code: push.code,
      ...(push.shopId === undefined ? {} : { shop_id: push.shopId }),
      ...(push.ordersn === undefined ? {} : { ordersn: push.ordersn }),
      body: push.body,
    }
    const wanted = subscription.wants(push.code, push.shopId) && health.status(clock.now()) !== "Suspended"
    const record = journal.open({ ...described, state: wanted ? "queued" : "not-sent" })
    if (!wanted) return
    const fault = faults.takeForPush(push.code, push.ordersn)
    const parcel: Parcel = { record, body: Buffer.from(push.body, "utf8"), failures: 0, isCopy: false, done: noop }
    if (fault) this.sendSpoiled(parcel, fault)
    else this.enqueue(parcel)
  }

  /** How many pushes are queued, delayed or being delivered; held ones and those waiting for a retry don't count. */
  busy(): number {
    return this.queue.length - this.queueHead + this.inFlight + this.delays.size
  }

  /** Sends what a reorder fault holds back. */
  releaseHeld(): void {
    const held = this.heldBack
    this.heldBack = []
    for (const parcel of held) this.enqueue(parcel)
  }

  /** Forgets everything that is not yet on the wire. */
  reset(): void {
    this.generation++
    for (const parcel of this.queue.slice(this.queueHead)) parcel.done()
    this.queue = []
    this.queueHead = 0
    this.heldBack = []
    for (const timer of this.delays) clearTimeout(timer)
    this.delays.clear()
  }

  close(): void {
    this.reset()
    this.agent.destroy()
  }

  private sendSpoiled(parcel: Parcel, fault: PushFault): void {
    parcel.fault = fault
    switch (fault.kind) {
      case "drop":
        return this.lose(parcel)
      case "reorder":
        parcel.record.state = "held"
        this.heldBack.push(parcel)
        return
      case "delay":
        return this.enqueueLater(parcel, fault.delay_ms)
      case "duplicate":
        this.enqueue(parcel)
        for (let copy = 0; copy < fault.copies; copy++) this.enqueue({ ...parcel, isCopy: true })
        return
      case "tamper":
        parcel.body = tampered(parcel.body)
        return this.enqueue(parcel)
      case "wrong-signature":
        return this.enqueue(parcel)
    }
  }

  private enqueueLater(parcel: Parcel, delayMs: number): void {
    const timer = setTimeout(() => {
      this.delays.delete(timer)
      this.enqueue(parcel)
    }, delayMs)
    this.delays.add(timer)
  }

  private enqueue(parcel: Parcel): void {
    this.queue.push(parcel)
    this.fill()
  }

  private fill(): void {
    while (this.inFlight < this.parts.subscription.concurrency) {
      const parcel = this.queue[this.queueHead]
      if (!parcel) break
      this.queueHead++
      this.inFlight++
      void this.attempt(parcel).finally(() => {
        this.inFlight--
        parcel.done()
        this.fill()
      })
    }
    if (this.queueHead > 1024 || this.queueHead === this.queue.length) {
      this.queue = this.queue.slice(this.queueHead)
      this.queueHead = 0
    }
  }

  private async attempt(parcel: Parcel): Promise<void> {
    const { subscription, clock, health, journal } = this.parts
    const { target, callbackUrl } = subscription
    const generation = this.generation
    if (target === null || callbackUrl === null || health.status(clock.now()) === "Suspended") {
      if (!parcel.isCopy) journal.close(parcel.record, "not-sent")
      return
    }
    const startedAt = clock.now()
    const authorization = this.authorization(parcel, callbackUrl)
    const answer = await postPush(
      target,
      parcel.body,
      { Authorization: authorization },
      subscription.timeoutMs,
      this.agent
    )
    if (generation !== this.generation) return
    const ok = answer.status !== null && answer.status >= 200 && answer.status < 300 && answer.body === ""
    journal.attempted(parcel.record, {
      time: startedAt,
      status: answer.status,
      latency_ms: Math.round(answer.ms * 10) / 10,
      ok,
      ...(answer.error ? { error: answer.error } : {}),
      ...(parcel.fault ? { fault: parcel.fault.kind } : {}),
    })
    health.record(ok, clock.now())
    if (!parcel.isCopy) this.settle(parcel, ok, startedAt)
    this.releaseHeld()
  }

  private settle(parcel: Parcel, ok: boolean, startedAt: number): void {
    const { subscription, clock, journal } = this.parts
    if (ok) return journal.close(parcel.record, "delivered")
    const delay = subscription.retryDelays[parcel.failures]
    if (delay === undefined) return this.lose(parcel)
    parcel.record.state = "retrying"
    const generation = this.generation
    // A fault spoils one attempt: the retry carries the original bytes and a right signature.
    const { record, failures } = parcel
    clock.schedule(startedAt + delay * 1000, () => {
      if (generation !== this.generation) return
      return new Promise<void>((done) => {
        this.enqueue({
          record,
          body: Buffer.from(record.body, "utf8"),
          failures: failures + 1,
          isCopy: false,
          done,
        })
      })
    })
  }

  private lose(parcel: Parcel): void {
    const { lost, journal, clock } = this.parts
    const { record } = parcel
    journal.close(record, "lost")
    lost.add({
      ...(record.shop_id === undefined ? {} : { shop_id: record.shop_id }),
      code: record.code,
      timestamp: clock.nowSeconds(),
      data: record.body,
    })
  }

  private authorization(parcel: Parcel, callbackUrl: string): string {
    const { pushKey } = this.parts.subscription
    if (parcel.fault?.kind === "wrong-signature") return hmacHex(`${pushKey}-of-someone-else`, parcel.body)
    const signedBody = parcel.fault?.kind === "tamper" ? Buffer.from(parcel.record.body, "utf8") : parcel.body
    return pushSignature(pushKey, callbackUrl, signedBody)
  }
}

/** The same push with another envelope timestamp: well-formed, plausible, and not what was signed. */
function tampered(body: Buffer): Buffer {
  return Buffer.from(
    body.toString("utf8").replace(/"timestamp":(\d+)\}$/, (_, timestamp) => `"timestamp":${Number(timestamp) + 1}}`),
    "utf8"
  )
}

function noop(): void {
  // A first attempt has nobody waiting for it.
}
