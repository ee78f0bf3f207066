/** How long a claim holds without being renewed; what a killed worker had is taken up after this (architecture §2). */
export const LEASE_MS = 30_000
const RENEW_EVERY_MS = 10_000

/** What keeping a lease needs of the service. */
interface LeaseHolder {
  renewClaims(claim: { claimId: string; leaseMs: number }): Promise<number>
}

/**
 * Runs a task while renewing the lease of its claim. A renewal that fails is not the task's failure: the lease then ends by itself, and
 * completion, which is fenced, finds that out.
 */
export async function whileHoldingLease<Result>(
  holder: LeaseHolder,
  claimId: string,
  task: () => Promise<Result>,
  onRenewalFailure: (error: unknown) => void
): Promise<Result> {
  const timer = setInterval(() => {
    holder.renewClaims({ claimId, leaseMs: LEASE_MS }).catch(onRenewalFailure)
  }, RENEW_EVERY_MS)
  timer.unref()
  try {
    return await task()
  } finally {
    clearInterval(timer)
  }
}
