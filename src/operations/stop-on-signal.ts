/** What ends with the process. */
interface Closable {
  close(): Promise<void>
}

/** Below the 30 s that docker-compose.yml grants (`stop_grace_period`): whoever kills the process says nothing of why it took so long. */
const STOP_WITHIN_MS = 25_000

/**
 * Closes the listener as soon as the process is asked to stop, so that nobody sends it work while it finishes what it has. Medusa's own
 * handler ends the process; before there is one the signal keeps its effect, which a handler would otherwise take from it.
 *
 * What Medusa waits for may never come, as when Postgres and Redis are both away: then the process ends with exit code 1 all the same.
 * Orders that it worked on go to another process when their lease is over.
 */
export function stopOnSignal(
  listener: Closable,
  { logger, withinMs = STOP_WITHIN_MS }: { logger: { error(message: string): void }; withinMs?: number }
): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void listener.close()
      if (process.listenerCount(signal) === 0) {
        process.kill(process.pid, signal)
      }
      const giveUp = () => {
        logger.error(
          `[operations] The process could not stop within ${withinMs / 1000} s (are Postgres and Redis away?) and ends as it is.`
        )
        process.exit(1)
      }
      setTimeout(giveUp, withinMs).unref()
    })
  }
}
