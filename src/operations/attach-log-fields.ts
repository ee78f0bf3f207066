import type { Logger } from "@medusajs/framework/types"
import { currentLogFields } from "../modules/connectors/shared/log-fields"

/**
 * Lets Medusa's logger write the fields of `withLogFields` into its JSON lines.
 *
 * Medusa's interface takes a text and nothing else; the winston logger inside of it adds its `defaultMeta` to each line, which is asked for
 * at the moment that the line is written. With another logger inside, lines simply stay without fields.
 *
 * @returns whether it could be done
 */
export function attachLogFields(logger: Logger): boolean {
  const inner: unknown = "loggerInstance_" in logger ? logger.loggerInstance_ : null
  if (typeof inner !== "object" || inner === null || !("_addDefaultMeta" in inner)) {
    return false
  }
  Object.defineProperty(inner, "defaultMeta", { configurable: true, get: currentLogFields })
  return true
}
