import { Counter, Histogram, Registry } from "prom-client"
import type { ObservedCall, PushResult } from "../types/metrics"

/** From a push that finds the worker idle to one that waits out an outage. */
const LATENCY_BUCKETS_SECONDS = [0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 1_800, 7_200, 43_200]
/** A call ends after 15 s. */
const CALL_BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15]

/**
 * What this process counts about Shopee. The registry is its own: a second one in the same process (as tests have) counts apart. What the
 * database knows is not counted here but read when somebody asks.
 */
export class ShopeeMetrics {
  readonly registry = new Registry()

  private readonly pushes = new Counter({
    name: "shopee_pushes_total",
    help: "Pushes received, by what became of them",
    labelNames: ["result"] as const,
    registers: [this.registry],
  })
  private readonly orderLatency = new Histogram({
    name: "shopee_order_latency_seconds",
    help: "From the oldest waiting push about an order being stored to the order being where Shopee says it is",
    buckets: LATENCY_BUCKETS_SECONDS,
    registers: [this.registry],
  })
  private readonly calls = new Histogram({
    name: "shopee_call_duration_seconds",
    help: "Calls to Shopee, by endpoint and result",
    labelNames: ["endpoint", "result"] as const,
    buckets: CALL_BUCKETS_SECONDS,
    registers: [this.registry],
  })

  countPush(result: PushResult): void {
    this.pushes.inc({ result })
  }

  observeOrder(seconds: number): void {
    this.orderLatency.observe(seconds)
  }

  observeCall({ endpoint, result, seconds }: ObservedCall): void {
    this.calls.observe({ endpoint, result }, seconds)
  }
}
