/** A JSON scalar as it is stored. */
export type JsonScalar = string | number | boolean | null

/** A JSON object as it is stored. */
export type JsonObject = { [key: string]: JsonValue }

/** Any JSON value as it is stored. Integers above 2^53 are decimal text in it, so that ids keep their digits. */
export type JsonValue = JsonScalar | JsonValue[] | JsonObject

/** Whether a value is a JSON object: not null, not a list. */
export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)
