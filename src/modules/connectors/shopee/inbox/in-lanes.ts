/** Work that goes batch after batch until nothing is left; it calls `openAnother` when there is more than it can carry. */
export type Lane = (openAnother: () => void) => Promise<void>

/**
 * Runs a lane, and as many more beside it as they ask for, up to `most` at a time. Resolves when the last one has ended.
 *
 * @throws what the first lane threw that failed, once all have ended; after a failure no lane is opened any more
 */
export async function inLanes(most: number, lane: Lane): Promise<void> {
  const failures: unknown[] = []
  let running = 0
  await new Promise<void>((resolve, reject) => {
    const open = (): void => {
      if (running >= most || failures.length > 0) {
        return
      }
      running += 1
      lane(open)
        .catch((error: unknown) => failures.push(error))
        .finally(() => {
          running -= 1
          if (running > 0) {
            return
          }
          if (failures.length > 0) {
            reject(failures[0])
          } else {
            resolve()
          }
        })
    }
    open()
  })
}
