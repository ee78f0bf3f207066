/** What ends with the process. */
interface Closable {
  close(): Promise<void>
}

/**
 * Closes the listener as soon as the process is asked to stop, so that nobody sends it work while it finishes what it has. Medusa's own
 * handler ends the process; before there is one the signal keeps its effect, which a handler would otherwise take from it.
 */
export function closeOnSignal(listener: Closable): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      void listener.close()
      if (process.listenerCount(signal) === 0) {
        process.kill(process.pid, signal)
      }
    })
  }
}
