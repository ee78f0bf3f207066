import type { ActiveFault, Fault } from "./control/fault"
import type { MoveOptions, OrderChange, OrderSpec } from "./control/order-spec"
import type {
  CallReport,
  HealthReport,
  LostPush,
  ManualPush,
  PushAnswer,
  PushReport,
  PushSettings,
  TokenReport,
} from "./control/reports"
import type { ReturnMove, ReturnSpec } from "./control/return-spec"
import type { SandboxOrder, SandboxReturn } from "./control/sandbox-order"

export type { ActiveFault, ApiFault, Fault, PushFault } from "./control/fault"
export type { LineSpec, Masking, MoveOptions, OrderChange, OrderSpec, RecipientSpec } from "./control/order-spec"
export type * from "./control/reports"
export type { ReturnMove, ReturnSpec } from "./control/return-spec"
export type { DetailLine, SandboxOrder, SandboxReturn } from "./control/sandbox-order"

/** The sandbox refused a control call; the message says why. */
export class SandboxControlError extends Error {
  constructor(
    message: string,
    readonly status: number
  ) {
    super(message)
    this.name = "SandboxControlError"
  }
}

/** The remote control of a running sandbox. Every call throws `SandboxControlError` when the sandbox refuses it. */
export class SandboxControl {
  /** @param url the sandbox's address, e.g. `http://127.0.0.1:4100` */
  constructor(private readonly url: string) {}

  health(): Promise<HealthReport> {
    return this.get("/health")
  }

  /** Forgets orders, pushes, calls, faults and, unless `keepTokens`, tokens; the clock returns to real time. */
  reset(options: { keepTokens?: boolean } = {}): Promise<void> {
    return this.post("/reset", options)
  }

  /** The seller's click on "Authorize": answers the code for `authenticateWithCode`. With `push`, push 1 is sent. */
  async authorize(shopId?: number, options: { days?: number; push?: boolean } = {}): Promise<string> {
    const { code } = await this.post<{ code: string }>("/authorize", { shop_id: shopId, ...options })
    return code
  }

  /** The seller takes the authorization back; push 2 is sent unless `push` is false. */
  deauthorize(shopId?: number, options: { push?: boolean } = {}): Promise<void> {
    return this.post("/deauthorize", { shop_id: shopId, ...options })
  }

  /** Tokens by shop, cut short, with how often they were refreshed. */
  tokens(): Promise<TokenReport[]> {
    return this.get("/tokens")
  }

  createOrder(spec: OrderSpec): Promise<SandboxOrder> {
    return this.post("/orders", spec)
  }

  createOrders(specs: OrderSpec[]): Promise<SandboxOrder[]> {
    return this.post("/orders", specs)
  }

  moveOrder(ordersn: string, status: string, options: MoveOptions = {}): Promise<SandboxOrder> {
    return this.post(`/orders/${encodeURIComponent(ordersn)}/move`, { status, ...options })
  }

  updateOrder(ordersn: string, change: OrderChange): Promise<SandboxOrder> {
    return this.post(`/orders/${encodeURIComponent(ordersn)}`, change)
  }

  /** The buyer asks for a return; pushes 3 and 29 say so. */
  openReturn(ordersn: string, spec: ReturnSpec = {}): Promise<SandboxReturn> {
    return this.post(`/orders/${encodeURIComponent(ordersn)}/returns`, spec)
  }

  /** Moves a return on: its status, where its goods are, what is agreed. Push 29 says so; the order follows. */
  moveReturn(returnSn: string, move: ReturnMove): Promise<SandboxReturn> {
    return this.post(`/returns/${encodeURIComponent(returnSn)}`, move)
  }

  /** Adds a settlement adjustment in major units; negative when the seller pays. */
  addAdjustment(ordersn: string, amount: number, reason?: string): Promise<SandboxOrder> {
    return this.post(`/orders/${encodeURIComponent(ordersn)}/adjustments`, { amount, reason })
  }

  /** The truth about one order. */
  order(ordersn: string): Promise<SandboxOrder> {
    return this.get(`/orders/${encodeURIComponent(ordersn)}`)
  }

  orders(filter: { status?: string; shop_id?: number } = {}): Promise<SandboxOrder[]> {
    return this.get("/orders", filter)
  }

  /** Moves the clock forward; resolves when everything that became due (retries, payouts) has happened. Epoch seconds. */
  async advanceClock(seconds: number): Promise<number> {
    const { now } = await this.post<{ now: number }>("/clock/advance", { seconds })
    return now
  }

  /** Answers the fault's id. */
  async addFault(fault: Fault): Promise<string> {
    const { id } = await this.post<{ id: string }>("/faults", fault)
    return id
  }

  faults(): Promise<ActiveFault[]> {
    return this.get("/faults")
  }

  /** Removes one fault, or all of them; then pushes that were held back are sent. */
  clearFaults(id?: string): Promise<void> {
    return this.delete(id === undefined ? "/faults" : `/faults/${encodeURIComponent(id)}`)
  }

  /** Sends a push made by hand and answers what the receiver said, once for each time. */
  sendPush(push: ManualPush): Promise<PushAnswer[]> {
    return this.post("/push", push)
  }

  /** Counts by endpoint and the newest calls (200 unless told). */
  calls(options: { last?: number } = {}): Promise<CallReport> {
    return this.get("/calls", options)
  }

  resetCalls(): Promise<void> {
    return this.delete("/calls")
  }

  /** What became of the pushes; the newest 1000 unless told. */
  pushes(filter: { last?: number; ordersn?: string; code?: number } = {}): Promise<PushReport> {
    return this.get("/pushes", filter)
  }

  resetPushes(): Promise<void> {
    return this.delete("/pushes")
  }

  /** Resolves when no push is queued or on its way. */
  settlePushes(): Promise<void> {
    return this.post("/pushes/settle", {})
  }

  /** Sends what a reorder fault holds back. */
  releaseHeldPushes(): Promise<void> {
    return this.post("/pushes/release", {})
  }

  lostPushes(): Promise<LostPush[]> {
    return this.get("/lost-pushes")
  }

  setPushConfig(settings: PushSettings): Promise<void> {
    return this.post("/push-config", settings)
  }

  /** Calls a second and shop (null: no limit), and seconds from completion to payout. */
  setSettings(settings: { rateLimit?: number | null; escrowReleaseDelay?: number }): Promise<void> {
    return this.post("/settings", settings)
  }

  private get<T>(path: string, filter: Record<string, string | number | undefined> = {}): Promise<T> {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(filter)) if (value !== undefined) query.set(name, String(value))
    return this.call<T>("GET", query.size > 0 ? `${path}?${query}` : path)
  }

  private post<T>(path: string, body: object): Promise<T> {
    return this.call<T>("POST", path, JSON.stringify(body))
  }

  private delete<T>(path: string): Promise<T> {
    return this.call<T>("DELETE", path)
  }

  private async call<T>(method: string, path: string, body?: string): Promise<T> {
    const response = await fetch(`${this.url}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body, headers: { "Content-Type": "application/json" } }),
    })
    const answer = await response.json()
    if (!response.ok) throw new SandboxControlError(refusalText(answer), response.status)
    return answer as T
  }
}

function refusalText(answer: unknown): string {
  const isRefusal = typeof answer === "object" && answer !== null && "error" in answer
  return isRefusal ? String(answer.error) : "the sandbox refused"
}
